package dev.plumbline.rollback;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.execution.Settings;
import dev.plumbline.run.Listener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A rollback in a process of its own, which says {@code stopped} after some batches and then hangs,
 * so that it can be killed in the middle of its work.
 */
final class RollbackProcess {
  private RollbackProcess() {}

  /** Arguments: the database's URL, the run to take back, after how many batches it hangs. */
  public static void main(String[] arguments) {
    Rollback rollback = new Rollback(Database.of(JdbcUrl.parse(arguments[0])), Settings.standard());
    int most = Integer.parseInt(arguments[2]);
    AtomicInteger batches = new AtomicInteger();
    rollback.run(
        rollback.plan(Long.parseLong(arguments[1]), RollbackOptions.whole()),
        new Listener() {
          @Override
          public void committed(long rows, Duration took) {
            if (batches.incrementAndGet() == most) {
              System.out.println("stopped");
              hang();
            }
          }
        });
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

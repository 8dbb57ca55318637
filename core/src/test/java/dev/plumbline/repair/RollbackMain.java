package dev.plumbline.repair;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.run.Listener;

/**
 * A process that takes a run back, to be killed.
 *
 * <p>Arguments: the database's URL; {@code new} or {@code resume}; the run to take back, or the
 * rollback to go on with.
 */
final class RollbackMain {
  private RollbackMain() {}

  public static void main(String[] arguments) {
    Rollback rollback = new Rollback(Database.of(JdbcUrl.parse(arguments[0])), Settings.standard());
    long run = Long.parseLong(arguments[2]);
    try {
      RunReport report =
          arguments[1].equals("new")
              ? rollback.run(rollback.plan(run, RollbackOptions.whole()), new Listener() {})
              : rollback.resume(run, new Listener() {});
      System.out.println(report.run().state().word());
      System.exit(report.exitCode().status());
    } catch (PlumblineException e) {
      System.err.println(e.what() + "\n" + e.safe() + "\n" + e.next());
      System.exit(ExitCode.of(e.code()).status());
    }
  }
}

package dev.plumbline.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition instead of for a time. */
public final class Until {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(5);

  private Until() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what completes the sentence "waited in vain until …"
   * @throws AssertionError if it does not hold within 30 s; the condition's last exception is the
   *     cause
   */
  public static void holds(String what, Callable<Boolean> condition) {
    holds(LIMIT, what, condition);
  }

  /** Like {@link #holds(String, Callable)}, with a limit of the caller's. */
  public static void holds(Duration limit, String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      @Nullable Exception failure = null;
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception e) {
        failure = e;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited " + limit + " in vain until " + what, failure);
      }
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting until " + what);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}

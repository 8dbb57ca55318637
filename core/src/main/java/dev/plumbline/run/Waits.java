package dev.plumbline.run;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.time.Duration;

/** Waits; replaced in tests. */
@FunctionalInterface
public interface Waits {
  void waitFor(Duration duration) throws InterruptedException;

  /** The thread sleeps. */
  static Waits sleeping() {
    return Thread::sleep;
  }

  /** Waits, and turns an interruption into the run's end. */
  default void patiently(Duration duration) {
    try {
      waitFor(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlumblineException(
          ErrorCode.BUSY,
          "The run was interrupted while it waited.",
          "Committed batches stay; nothing is half-written.",
          "Go on with: plumb resume RUN",
          e);
    }
  }
}

package dev.plumbline.http;

import java.time.Duration;
import java.time.Instant;

/** The time and waiting for it; another one where neither may take long. Safe for threads. */
public interface Time {

  /** The machine's own. */
  Time SYSTEM =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  /** Nanoseconds since some moment; only differences mean something. */
  long nanos();

  Instant now();

  void sleep(Duration duration) throws InterruptedException;
}

package dev.plumbline.database;

import java.time.Duration;

/**
 * The limits on every connection.
 *
 * @param lock how long a statement waits for a lock; below PostgreSQL's deadlock_timeout of 1 s, so
 *     that the tool gives way before anybody else is made the victim
 * @param statement how long a statement may take
 */
public record Timeouts(Duration lock, Duration statement) {
  /** For statements of a batch. */
  public static final Timeouts WRITING =
      new Timeouts(Duration.ofMillis(800), Duration.ofSeconds(60));

  /** For audits: no lock is waited for, and a count over a large table takes its time. */
  public static final Timeouts READING =
      new Timeouts(Duration.ofMillis(800), Duration.ofMinutes(30));
}

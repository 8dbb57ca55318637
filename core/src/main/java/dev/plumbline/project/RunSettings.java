package dev.plumbline.project;

import java.time.Duration;
import java.util.Optional;

/**
 * How runs behave, as far as the project says so.
 *
 * @param lease how long a run belongs to its process without a sign of life
 * @param lockTimeout the longest wait for a lock
 * @param statementTimeout the longest time of one statement
 * @param batchSize the rows of the first batch
 * @param batchTarget the time that a batch should take
 * @param workers how many batches may run at once
 */
public record RunSettings(
    Duration lease,
    Optional<Duration> lockTimeout,
    Optional<Duration> statementTimeout,
    Optional<Integer> batchSize,
    Optional<Duration> batchTarget,
    Optional<Integer> workers) {
  /** The most rows that a batch may have. */
  public static final int LARGEST_BATCH = 1_000_000;

  /** The most batches that may run at once. */
  public static final int MOST_WORKERS = 64;

  /** The lease of a project that names none. */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);
}

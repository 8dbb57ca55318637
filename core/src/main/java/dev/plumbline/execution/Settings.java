package dev.plumbline.execution;

import dev.plumbline.database.Timeouts;
import dev.plumbline.run.BatchSize;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How runs behave on a database.
 *
 * @param lease how long a run is held without a sign of life
 * @param target how long a batch shall take
 */
public record Settings(Timeouts writing, Timeouts reading, Duration lease, Duration target) {
  private static final int FIRST_BATCH = 2_000;
  private static final int LEAST = 500;
  private static final int MOST = 100_000;

  public static Settings standard() {
    return new Settings(
        Timeouts.WRITING, Timeouts.READING, Duration.ofSeconds(30), Duration.ofMillis(500));
  }

  /** For sessions that build indexes, which takes as long as to read the table. */
  public Timeouts building() {
    return new Timeouts(writing.lock(), reading.statement());
  }

  /** The size of batches: as asked for, else found by the target time. */
  public BatchSize batchSize(OptionalInt asked) {
    return asked.isPresent()
        ? BatchSize.fixed(asked.getAsInt())
        : new BatchSize(target, FIRST_BATCH, LEAST, MOST);
  }
}

package dev.plumbline.run;

import java.time.Duration;

/**
 * How many rows a batch takes, so that it lasts about the target time. After GitLab's control of
 * its background migrations: the efficiency (duration by target) is averaged over the last batches
 * with exponentially falling weight, and the size moves towards 95 % of the target, by a fifth at
 * most upwards (see <a
 * href="https://docs.gitlab.com/development/database/batched_background_migrations/">batched
 * background migrations</a>). Safe for several threads.
 */
public final class BatchSize {
  private static final double WEIGHT = 0.4;
  private static final double AIM = 0.95;
  private static final double FASTEST_GROWTH = 1.2;

  private final Duration target;
  private final int least;
  private final int most;
  private int rows;
  private double efficiency = Double.NaN;

  /**
   * @param first the size of the first batch
   * @param least the size below which only a timeout goes
   * @param most the size above which nothing goes
   */
  public BatchSize(Duration target, int first, int least, int most) {
    this.target = target;
    this.least = least;
    this.most = most;
    this.rows = Math.clamp(first, 1, most);
  }

  /** A size that only timeouts change. */
  public static BatchSize fixed(int rows) {
    return new BatchSize(Duration.ofDays(1), rows, rows, rows);
  }

  public synchronized int rows() {
    return rows;
  }

  /** A full batch took so long. */
  public synchronized void took(Duration duration) {
    double now = (double) duration.toNanos() / target.toNanos();
    efficiency = Double.isNaN(efficiency) ? now : WEIGHT * now + (1 - WEIGHT) * efficiency;
    double factor = Math.min(AIM / Math.max(efficiency, 0.01), FASTEST_GROWTH);
    // Upwards where it grows: rounding would hold a size of one or two rows for ever.
    double next = factor > 1 ? Math.ceil(rows * factor) : Math.rint(rows * factor);
    rows = Math.clamp((long) next, Math.min(least, rows), most);
  }

  /** A batch ran into the statement timeout. */
  public synchronized void timedOut() {
    rows = Math.max(1, rows / 2);
    efficiency = Double.NaN;
  }
}

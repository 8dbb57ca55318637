package dev.plumbline.http;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;

/**
 * One limit of a service, "so many requests in any so many seconds", kept by all threads together.
 * A refusal lowers the rate at once, calm raises it back slowly (additive increase, multiplicative
 * decrease, as TCP does).
 *
 * <p>A token bucket lets through its whole capacity at once and then goes on at its rate, so that
 * in any window there are at most {@code capacity + rate × window}. The capacity is kept so small
 * that this stays within the limit from the first second on.
 */
final class Lane {
  /** What is left of the rate after a refusal. */
  private static final double DECREASE = 0.85;

  /** How much of the full rate comes back in a second of calm. */
  private static final double RECOVERY = 0.015;

  /** The same while refusals are more than {@link #FEW}: the limit is somewhere below the rate. */
  private static final double PROBING = 0.0015;

  /** Which share of requests may be refused before that slows the recovery. */
  private static final double FEW = 0.003;

  private static final double LOWEST = 0.05;

  /** How long refusals are remembered. */
  private static final double MEMORY_SECONDS = 60;

  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(250);

  private final Duration window;
  private final double headroom;
  private final Time time;
  private final Bucket bucket;
  private final Recent recent;

  private int limit;
  private double share = 1;
  private double refusals;
  private long changedAt;
  private long loweredAt;
  private long heldUntil;

  Lane(int limit, Duration window, double headroom, Time time) {
    this.limit = limit;
    this.window = window;
    this.headroom = headroom;
    this.time = time;
    this.changedAt = time.nanos();
    this.loweredAt = time.nanos();
    this.heldUntil = time.nanos();
    this.recent = new Recent(window);
    this.bucket =
        Bucket.builder().withCustomTimePrecision(new Meter(time)).addLimit(bandwidth()).build();
  }

  private Bandwidth bandwidth() {
    long capacity = capacity();
    Duration each = Duration.ofNanos((long) Math.ceil(1e9 / perSecond()));
    return Bandwidth.builder()
        .capacity(capacity)
        .refillGreedy(1, each)
        .initialTokens(capacity)
        .build();
  }

  /** A third of the headroom may come in a burst; the rest is for what the network bunches up. */
  private long capacity() {
    return Math.max(1, (long) (limit * headroom / 3));
  }

  private double perSecond() {
    return share * fullRate();
  }

  private double fullRate() {
    double wanted = limit * (1 - headroom);
    double within = Math.floor(wanted) + capacity() <= limit ? wanted : limit - capacity();
    return Math.max(within, 0.5) * 1e9 / window.toNanos();
  }

  /** How many requests a second it lets through at present. */
  synchronized double permitted() {
    return perSecond();
  }

  /**
   * Waits until a request may be sent. Whoever took a turn must {@link #leave} it.
   *
   * @return whether it had to wait
   */
  boolean take() throws InterruptedException {
    boolean waited = waitWhileHeld();
    while (true) {
      waited |= !takeToken();
      waited |= waitForPlace();
      if (!waitWhileHeld()) {
        return waited;
      }
      leave(time.nanos());
    }
  }

  private boolean waitForPlace() throws InterruptedException {
    boolean waited = false;
    for (Duration rest = takePlace(); rest.isPositive(); rest = takePlace()) {
      time.sleep(rest);
      waited = true;
    }
    return waited;
  }

  private synchronized Duration takePlace() {
    return recent.take(limit, time.nanos());
  }

  /** The request is through, whatever came of it. */
  synchronized void leave(long sentAt) {
    recent.leave(sentAt, time.nanos());
  }

  private boolean takeToken() throws InterruptedException {
    if (bucket.tryConsume(1)) {
      return true;
    }
    bucket.asBlocking().consume(1, nanos -> time.sleep(Duration.ofNanos(nanos)));
    return false;
  }

  /** After a hold a new token is taken, so that those who waited do not come all at once. */
  private boolean waitWhileHeld() throws InterruptedException {
    boolean waited = false;
    for (long rest = rest(); rest > 0; rest = rest()) {
      time.sleep(Duration.ofNanos(rest));
      waited = true;
    }
    return waited;
  }

  private synchronized long rest() {
    return heldUntil - time.nanos();
  }

  /** Nobody sends anything for so long. */
  synchronized void hold(Duration duration) {
    long until = time.nanos() + duration.toNanos();
    if (until - heldUntil > 0) {
      heldUntil = until;
    }
  }

  /** The service says that its limit is lower than was thought; a higher one is not believed. */
  synchronized void lowerLimit(double perWindow, Duration ofWindow) {
    double scaled = perWindow * window.toNanos() / ofWindow.toNanos();
    if (scaled >= 1 && scaled < limit) {
      limit = (int) scaled;
      apply();
    }
  }

  /** A request was not refused. */
  synchronized void answered() {
    long now = time.nanos();
    if (share < 1 && now - changedAt >= BETWEEN_CHANGES.toNanos()) {
      double seconds = (now - changedAt) / 1e9;
      refusals *= Math.exp(-seconds / MEMORY_SECONDS);
      double few = FEW * MEMORY_SECONDS * fullRate();
      share = Math.min(1, share + (refusals < few ? RECOVERY : PROBING) * seconds);
      apply();
    }
  }

  /** A request was refused; several that were under way at once lower the rate only once. */
  synchronized void refused(long sentAt) {
    refusals++;
    if (sentAt - loweredAt >= 0) {
      share = Math.max(LOWEST, share * DECREASE);
      loweredAt = time.nanos();
      apply();
    }
  }

  private void apply() {
    changedAt = time.nanos();
    BucketConfiguration configuration = BucketConfiguration.builder().addLimit(bandwidth()).build();
    bucket.replaceConfiguration(configuration, TokensInheritanceStrategy.AS_IS);
  }
}

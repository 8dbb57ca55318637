package dev.plumbline.http;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * The requests of a day: never more than allowed in any 24 hours of this process, and no more once
 * the service says that only the headroom is left. Safe for threads.
 */
final class Quota {
  private static final Duration DAY = Duration.ofDays(1);

  /** After so long the service is asked again: its day may be a new one. */
  private static final Duration BELIEVED = Duration.ofMinutes(10);

  private final String service;
  private final long perDay;
  private final double headroom;
  private final Time time;
  private final Bucket own;

  private OptionalLong left = OptionalLong.empty();
  private boolean usedUp;
  private long toldAt;

  Quota(String service, long perDay, double headroom, Time time) {
    this.service = service;
    this.perDay = perDay;
    this.headroom = headroom;
    this.time = time;
    long most = Math.max(1, (long) (perDay * (1 - headroom)));
    Bandwidth day = Bandwidth.builder().capacity(most).refillIntervally(most, DAY).build();
    this.own = Bucket.builder().withCustomTimePrecision(new Meter(time)).addLimit(day).build();
  }

  /** One request, or an error that says when there will be others. */
  synchronized void take() {
    if (usedUp && time.nanos() - toldAt < BELIEVED.toNanos()) {
      throw usedUp("as it says itself", "when its own day begins");
    }
    if (!own.tryConsume(1)) {
      long rest = own.estimateAbilityToConsume(1).getNanosToWaitForRefill();
      Instant end = time.now().plusNanos(rest).truncatedTo(ChronoUnit.SECONDS);
      throw usedUp(perDay + " a day, less the headroom", "at " + end);
    }
  }

  /** The service says what is left of its day. */
  synchronized void told(long remaining, OptionalLong ofDay) {
    left = OptionalLong.of(remaining);
    usedUp = remaining <= (long) (ofDay.orElse(perDay) * headroom);
    toldAt = time.nanos();
  }

  /** The service refuses because of its day. */
  synchronized void refused() {
    told(0, OptionalLong.empty());
  }

  /** What is left for us. */
  synchronized OptionalLong left() {
    long ours = own.getAvailableTokens();
    return OptionalLong.of(left.isPresent() ? Math.min(ours, left.getAsLong()) : ours);
  }

  private PlumblineException usedUp(String how, String when) {
    return new PlumblineException(
        ErrorCode.BUSY,
        "Today's quota of requests to " + service + " is used up (" + how + ").",
        "What was answered until now counts; nothing was sent beyond it.",
        "There are new ones "
            + when
            + ": go on then. A run that stopped is taken up by"
            + " plumb resume.");
  }
}

package dev.plumbline.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only by waiting for it. */
final class VirtualTime implements Time {
  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos.get());
  }

  @Override
  public void sleep(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  Duration passed() {
    return Duration.ofNanos(nanos.get());
  }
}

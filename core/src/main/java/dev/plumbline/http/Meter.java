package dev.plumbline.http;

import io.github.bucket4j.TimeMeter;

/** The time, for buckets. */
record Meter(Time time) implements TimeMeter {
  @Override
  public long currentTimeNanos() {
    return time.nanos();
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}

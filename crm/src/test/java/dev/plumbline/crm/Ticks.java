package dev.plumbline.crm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
final class Ticks implements InstantSource {
  private volatile Instant now;

  Ticks(String start) {
    now = Instant.parse(start);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}

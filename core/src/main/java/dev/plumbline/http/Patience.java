package dev.plumbline.http;

import java.time.Duration;

/**
 * How often a request is repeated, and how long is waited in between: twice as long each time, give
 * or take a quarter.
 *
 * @param outages repetitions after an answer that is none: 5xx, a time-out, a broken connection
 * @param first the wait before the first of them
 * @param longest the longest
 * @param refusals repetitions after answers 429, each after the wait that all threads keep
 */
record Patience(int outages, Duration first, Duration longest, int refusals) {
  /** Half a minute of outages, one and a half of refusals. */
  static final Patience USUAL = new Patience(6, Duration.ofMillis(500), Duration.ofSeconds(20), 15);
}

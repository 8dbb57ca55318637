package dev.plumbline.http;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * The requests that a service may still count in its window. When it counted one is not known, only
 * that this was between sending and answer: so a request has its place from the moment it is sent
 * until a window's length after it can have been counted at the latest. That keeps the limit also
 * where requests pile up on their way. Not safe for threads by itself.
 */
final class Recent {
  private final Duration window;
  private final ArrayDeque<Long> counted = new ArrayDeque<>();
  private int underWay;
  private double leastLatency = Double.MAX_VALUE;

  Recent(Duration window) {
    this.window = window;
  }

  /** How long to wait until there may be room for one more; zero: it has taken its place. */
  Duration take(int limit, long now) {
    while (!counted.isEmpty() && counted.peekFirst() + window.toNanos() - now <= 0) {
      counted.removeFirst();
    }
    if (underWay + counted.size() < limit) {
      underWay++;
      return Duration.ZERO;
    }
    return counted.isEmpty()
        ? Duration.ofMillis(10)
        : Duration.ofNanos(counted.peekFirst() + window.toNanos() - now);
  }

  /**
   * A request is through. Half of what even the quickest takes is the way back, when it was counted
   * already; where all are slow, no more than a tenth of the window is taken for that.
   */
  void leave(long sentAt, long now) {
    underWay--;
    double latency = now - sentAt;
    leastLatency = Math.min(leastLatency * 1.01, latency);
    counted.addLast(now - (long) Math.min(leastLatency / 2, window.toNanos() / 10.0));
  }
}

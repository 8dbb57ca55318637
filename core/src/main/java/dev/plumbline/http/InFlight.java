package dev.plumbline.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests are under way at once: as many as the permitted rate needs at the service's
 * present speed. It grows while requests wait for each other rather than for the rate, and falls
 * when the service stops answering in time. Safe for threads.
 */
final class InFlight {
  private static final int FIRST = 4;
  private static final int MOST = 64;
  private static final Duration BETWEEN_FALLS = Duration.ofSeconds(1);

  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();

  private int limit = FIRST;
  private int inside;
  private long fellAt;

  InFlight(Time time) {
    this.time = time;
    this.fellAt = time.nanos() - BETWEEN_FALLS.toNanos();
  }

  void enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (inside >= limit) {
        left.await();
      }
      inside++;
    } finally {
      lock.unlock();
    }
  }

  /** The one that entered goes at once: the rate would allow more than the limit lets in. */
  void notSlowedByRate() {
    lock.lock();
    try {
      if (lock.hasWaiters(left) && limit < MOST) {
        limit++;
        left.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** No answer came in time. */
  void timedOut() {
    lock.lock();
    try {
      long now = time.nanos();
      if (now - fellAt >= BETWEEN_FALLS.toNanos()) {
        limit = Math.max(1, limit / 2);
        fellAt = now;
      }
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      inside--;
      left.signal();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait to be let in. */
  int waiting() {
    lock.lock();
    try {
      return lock.getWaitQueueLength(left);
    } finally {
      lock.unlock();
    }
  }

  int limit() {
    lock.lock();
    try {
      return limit;
    } finally {
      lock.unlock();
    }
  }
}

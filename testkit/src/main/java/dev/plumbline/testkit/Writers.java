package dev.plumbline.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that do something over and over, at least once, while a test does something else. A
 * writer that fails stops; its error is kept. Any thread may use it.
 */
public final class Writers implements AutoCloseable {
  /** What a writer does in one round. */
  @FunctionalInterface
  public interface Action {
    /**
     * Does it once.
     *
     * @param writer the writer's number, from 0
     * @param round the writer's own round, from 0
     */
    void act(int writer, long round) throws Exception;
  }

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final List<Thread> threads = new ArrayList<>();
  private final List<Throwable> errors = new CopyOnWriteArrayList<>();
  private final AtomicLong rounds = new AtomicLong();
  private volatile boolean stopping;

  private Writers() {}

  /** Starts so many writers. */
  public static Writers start(int number, Action action) {
    Writers writers = new Writers();
    for (int i = 0; i < number; i++) {
      int writer = i;
      writers.threads.add(
          Thread.ofPlatform()
              .name("writer " + i)
              .daemon()
              .start(() -> writers.loop(writer, action)));
    }
    return writers;
  }

  private void loop(int writer, Action action) {
    try {
      for (long round = 0; round == 0 || !stopping; round++) {
        action.act(writer, round);
        rounds.incrementAndGet();
      }
    } catch (Throwable e) {
      errors.add(e);
    }
  }

  /** Rounds completed by all writers together. */
  public long rounds() {
    return rounds.get();
  }

  /** Waits until so many further rounds are complete: the writers are truly at work. */
  public void awaitRounds(long more) {
    long goal = rounds() + more;
    Until.holds(
        "the writers have done " + more + " more rounds",
        () -> {
          if (threads.stream().noneMatch(Thread::isAlive)) {
            throw new AssertionError("all writers have stopped: " + errors);
          }
          return rounds() >= goal;
        });
  }

  /** Lets each writer end its round, and returns what went wrong. */
  public List<Throwable> stop() {
    stopping = true;
    try {
      for (Thread thread : threads) {
        if (!thread.join(LIMIT)) {
          AssertionError error = new AssertionError(thread.getName() + " does not end; it is here");
          error.setStackTrace(thread.getStackTrace());
          throw error;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the writers were ending", e);
    }
    return List.copyOf(errors);
  }

  /**
   * Stops the writers.
   *
   * @throws AssertionError if one of them failed
   */
  @Override
  public void close() {
    List<Throwable> failures = stop();
    if (!failures.isEmpty()) {
      AssertionError error = new AssertionError(failures.size() + " writers failed");
      failures.forEach(error::addSuppressed);
      throw error;
    }
  }
}

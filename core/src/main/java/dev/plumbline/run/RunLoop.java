package dev.plumbline.run;

import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.run.Work.Applied;
import dev.plumbline.run.Work.Signal;
import dev.plumbline.run.Work.Verified;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Drives one run: batches on one or more workers, then a fresh look, then up to three further
 * passes over what has appeared meanwhile. One bad row is set aside; contention and outages are
 * waited out; anything else stops the run, which can be resumed.
 *
 * @param <S> a slice of the work
 */
public final class RunLoop<S> {
  private static final int FURTHER_PASSES = 3;
  private static final int TRIES = 12;
  private static final int OUTAGES = 8;
  private static final int MOST_SET_ASIDE = 1_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private final Work<S> work;
  private final BatchSize size;
  private final int workers;
  private final Throttle throttle;
  private final Waits waits;
  private final Listener listener;
  private final AtomicBoolean stop = new AtomicBoolean();

  // Guarded by this: the slices that a failed one was split into, and what ends the pass.
  private final Deque<S> parts = new ArrayDeque<>();
  private Signal signal = Signal.GO_ON;
  private int setAside;

  public RunLoop(
      Work<S> work,
      BatchSize size,
      int workers,
      Throttle throttle,
      Waits waits,
      Listener listener) {
    this.work = work;
    this.size = size;
    this.workers = workers;
    this.throttle = throttle;
    this.waits = waits;
    this.listener = listener;
  }

  /** Asks for a pause at the end of the batches at hand; safe from any thread, a signal's too. */
  public void stop() {
    stop.set(true);
  }

  /**
   * Runs to an end: succeeded, failed, paused or cancelled.
   *
   * @param from the state in which the run was taken over
   * @throws PlumblineException if something other than a row stopped it; the run is then {@code
   *     failed}, or still in its state if not even that could be written
   */
  public RunState run(RunState from) {
    RunState state = from;
    try {
      if (state != RunState.RUNNING) {
        state = go(state, RunState.RUNNING);
      }
      for (int pass = 0; ; pass++) {
        state =
            go(
                state,
                switch (drain()) {
                  case PAUSE -> RunState.PAUSING;
                  case CANCEL -> RunState.CANCELLING;
                  case GO_ON -> RunState.VERIFYING;
                });
        if (state == RunState.VERIFYING) {
          state = judge(state, pass);
        }
        if (state != RunState.RUNNING) {
          return settle(state);
        }
      }
    } catch (RuntimeException | Error e) {
      fail(state, e);
      throw e;
    }
  }

  /** Looks again; prepares a further pass where that may help. */
  private RunState judge(RunState state, int pass) {
    Verified found = work.verify();
    if (found.remaining() == 0) {
      return go(state, RunState.SUCCEEDED);
    }
    if (found.fresh() == 0 || pass == FURTHER_PASSES) {
      return go(state, RunState.FAILED);
    }
    work.prepareNextPass();
    return go(state, RunState.RUNNING);
  }

  /** Grants what was asked of the run. */
  private RunState settle(RunState state) {
    return switch (state) {
      case PAUSING -> go(state, RunState.PAUSED);
      case CANCELLING -> go(state, RunState.CANCELLED);
      case PLANNED, RUNNING, PAUSED, VERIFYING, SUCCEEDED, FAILED, CANCELLED -> state;
    };
  }

  private RunState go(RunState from, RunState to) {
    RunState reached = work.transition(from, to);
    listener.state(reached);
    return reached;
  }

  private void fail(RunState state, Throwable cause) {
    try {
      if (state.mayBecome(RunState.FAILED)) {
        go(state, RunState.FAILED);
      }
    } catch (RuntimeException second) {
      cause.addSuppressed(second);
    }
  }

  /** Does slices until none is left or somebody says stop; waits outages of the server out. */
  private Signal drain() {
    for (int outage = 0; ; outage++) {
      try {
        begin();
        return onWorkers();
      } catch (DatabaseException e) {
        if (e.kind() != FailureKind.CONNECTION || outage == OUTAGES) {
          throw e;
        }
        pause(e.what(), outage);
      }
    }
  }

  private synchronized void begin() {
    parts.clear();
    signal = Signal.GO_ON;
    work.reload();
  }

  private Signal onWorkers() {
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(threads.submit(this::work));
      }
      join(running);
    }
    synchronized (this) {
      return signal;
    }
  }

  private void join(List<Future<?>> running) {
    RuntimeException first = null;
    for (Future<?> worker : running) {
      try {
        worker.get();
      } catch (ExecutionException e) {
        RuntimeException failure =
            e.getCause() instanceof RuntimeException r
                ? r
                : new IllegalStateException(e.getCause());
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      } catch (InterruptedException e) {
        stop();
        Thread.currentThread().interrupt();
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void work() {
    try {
      for (Optional<S> slice = next(); slice.isPresent(); slice = next()) {
        holdWhileInTrouble();
        apply(slice.get(), 0);
      }
    } catch (RuntimeException | Error e) {
      end(Signal.PAUSE); // the other workers finish what they have at hand
      throw e;
    }
  }

  private synchronized Optional<S> next() {
    if (stop.get()) {
      end(Signal.PAUSE);
    }
    if (signal != Signal.GO_ON) {
      return Optional.empty();
    }
    return parts.isEmpty() ? work.next(size.rows()) : Optional.of(parts.pop());
  }

  private synchronized void end(Signal why) {
    if (signal != Signal.CANCEL) {
      signal = why;
    }
  }

  private void holdWhileInTrouble() {
    for (Optional<String> why = throttle.hold();
        why.isPresent() && !stop.get();
        why = throttle.hold()) {
      listener.holding(why.get());
      waits.patiently(Duration.ofSeconds(1));
    }
  }

  private void apply(S slice, int tries) {
    long start = System.nanoTime();
    try {
      Applied applied = work.apply(slice);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      size.took(took);
      listener.committed(applied.rows(), took);
      if (applied.signal() != Signal.GO_ON) {
        end(applied.signal());
      }
    } catch (DatabaseException e) {
      switch (e.kind()) {
        case CONTENTION -> again(slice, e, tries);
        case TIMEOUT -> smaller(slice, e, tries);
        case DATA -> apart(slice, e);
        case CONNECTION, PERMISSION, DEFINITION, RESOURCES, OTHER -> throw e;
      }
    }
  }

  private void again(S slice, DatabaseException e, int tries) {
    if (tries == TRIES) {
      throw e;
    }
    pause(e.what(), tries);
    apply(slice, tries + 1);
  }

  private void smaller(S slice, DatabaseException e, int tries) {
    size.timedOut();
    List<S> halves = work.split(slice);
    if (halves.isEmpty()) {
      again(slice, e, tries);
    } else {
      later(halves);
    }
  }

  private void apart(S slice, DatabaseException e) {
    List<S> halves = work.split(slice);
    if (!halves.isEmpty()) {
      later(halves);
      return;
    }
    work.quarantine(slice, e);
    listener.quarantined(e.databaseMessage());
    synchronized (this) {
      if (++setAside >= MOST_SET_ASIDE) {
        throw e;
      }
    }
  }

  private synchronized void later(List<S> slices) {
    for (int i = slices.size() - 1; i >= 0; i--) {
      parts.push(slices.get(i));
    }
  }

  /** Twice as long each time, so that others get their turn. */
  private void pause(String why, int tries) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 10));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    listener.retrying(why, bounded);
    waits.patiently(bounded);
  }
}

package dev.plumbline.run;

import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
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
import java.util.function.Supplier;

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

  /** With the pauses between them about a minute: time for a server to restart. */
  private static final int OUTAGES = 25;

  private static final int OUTAGES_STOPPING = 5;
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
  private int outages;

  /** A slice to do: whole, as the size of batches asked for it, or a part of one that failed. */
  private record Piece<S>(S slice, boolean whole) {}

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
    Verified found = throughOutages(() -> despiteContention(work::verify));
    if (found.remaining() == 0) {
      return go(state, RunState.SUCCEEDED);
    }
    if (found.fresh() == 0 || pass == FURTHER_PASSES) {
      return go(state, RunState.FAILED);
    }
    throughOutages(() -> despiteContention(does(work::prepareNextPass)));
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
    RunState reached = throughOutages(() -> despiteContention(() -> work.transition(from, to)));
    listener.state(reached);
    return reached;
  }

  /** Not through outages: if the journal cannot be reached, the run is shown as interrupted. */
  private void fail(RunState state, Throwable cause) {
    try {
      if (state.mayBecome(RunState.FAILED)) {
        listener.state(work.transition(state, RunState.FAILED));
      }
    } catch (RuntimeException second) {
      cause.addSuppressed(second);
    }
  }

  /** Does slices until none is left or somebody says stop. */
  private Signal drain() {
    return throughOutages(
        () -> {
          begin();
          return onWorkers();
        });
  }

  /** Repeats what is safe to repeat until the server answers again. */
  private <T> T throughOutages(Supplier<T> step) {
    while (true) {
      try {
        T done = step.get();
        recovered();
        return done;
      } catch (DatabaseException e) {
        int outage = nextOutage();
        if (e.kind() != FailureKind.CONNECTION
            || outage > (stop.get() ? OUTAGES_STOPPING : OUTAGES)) {
          throw e;
        }
        pause(e.what(), outage - 1);
      }
    }
  }

  private synchronized int nextOutage() {
    return ++outages;
  }

  private synchronized void recovered() {
    outages = 0;
  }

  private synchronized void begin() {
    parts.clear();
    signal = Signal.GO_ON;
    despiteContention(does(work::reload));
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
      for (Optional<Piece<S>> piece = next(); piece.isPresent(); piece = next()) {
        holdWhileInTrouble();
        apply(piece.get(), 0);
      }
    } catch (RuntimeException | Error e) {
      end(Signal.PAUSE); // the other workers finish what they have at hand
      throw e;
    }
  }

  private synchronized Optional<Piece<S>> next() {
    if (stop.get()) {
      end(Signal.PAUSE);
    }
    if (signal != Signal.GO_ON) {
      return Optional.empty();
    }
    return parts.isEmpty()
        ? work.next(size.rows()).map(slice -> new Piece<>(slice, true))
        : Optional.of(new Piece<>(parts.pop(), false));
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

  private void apply(Piece<S> piece, int tries) {
    long start = System.nanoTime();
    try {
      Applied applied = work.apply(piece.slice());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      recovered();
      if (piece.whole()) { // a part says nothing about how long a full batch takes
        size.took(took);
      }
      listener.committed(applied.rows(), took);
      if (applied.signal() != Signal.GO_ON) {
        end(applied.signal());
      }
    } catch (DatabaseException e) {
      switch (e.kind()) {
        case CONTENTION -> again(piece, e, tries);
        case TIMEOUT -> smaller(piece, e, tries);
        case DATA -> apart(piece.slice(), e);
        case CONNECTION, PERMISSION, READ_ONLY, DEFINITION, RESOURCES, OTHER -> throw e;
      }
    }
  }

  private void again(Piece<S> piece, DatabaseException e, int tries) {
    if (tries == TRIES) {
      throw e;
    }
    pause(e.what(), tries);
    apply(piece, tries + 1);
  }

  private void smaller(Piece<S> piece, DatabaseException e, int tries) {
    size.timedOut();
    List<S> halves = split(piece.slice());
    if (halves.isEmpty()) {
      again(piece, e, tries);
    } else {
      later(halves);
    }
  }

  private void apart(S slice, DatabaseException e) {
    List<S> halves = split(slice);
    if (!halves.isEmpty()) {
      later(halves);
      return;
    }
    despiteContention(does(() -> work.quarantine(slice, e)));
    listener.quarantined(e.databaseMessage());
    synchronized (this) {
      if (++setAside >= MOST_SET_ASIDE) {
        throw tooMany(e);
      }
    }
  }

  private List<S> split(S slice) {
    return despiteContention(() -> work.split(slice));
  }

  private <T> T despiteContention(Supplier<T> step) {
    for (int tries = 0; ; tries++) {
      try {
        return step.get();
      } catch (DatabaseException e) {
        if (e.kind() != FailureKind.CONTENTION || tries == TRIES) {
          throw e;
        }
        pause(e.what(), tries);
      }
    }
  }

  private static Supplier<Boolean> does(Runnable step) {
    return () -> {
      step.run();
      return true;
    };
  }

  private static PlumblineException tooMany(DatabaseException last) {
    return new PlumblineException(
        ErrorCode.FAILED,
        "The run stopped: "
            + MOST_SET_ASIDE
            + " rows had to be set aside, the last because: "
            + last.databaseMessage(),
        "The batches before are committed; nothing is half-written.",
        "Remove the cause, then go on with: plumb resume RUN",
        last);
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

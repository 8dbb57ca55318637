package dev.plumbline.run;

import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Work over rows numbered from 1, kept in memory: a slice is a range of them. Tests hook in what
 * goes wrong. Guarded by its monitor.
 */
class RowsInMemory implements Work<RowsInMemory.Range> {

  /** The rows from one to another, both included. */
  record Range(int from, int to) {
    int size() {
      return to - from + 1;
    }

    boolean holds(int row) {
      return from <= row && row <= to;
    }
  }

  /** How often each row was committed. */
  final Map<Integer, Integer> done = new TreeMap<>();

  final List<Range> committed = new ArrayList<>();
  final Map<Integer, String> quarantined = new TreeMap<>();
  final List<String> states = new ArrayList<>();
  int reloads;

  /** Before a slice is committed; may throw. */
  Consumer<Range> beforeCommit = range -> {};

  /** After it is committed, before the caller learns of it; may throw. */
  Consumer<Range> afterCommit = range -> {};

  /** What is asked of the run when a slice is committed. */
  UnaryOperator<Signal> asked = signal -> signal;

  /** What to go over to, given what the loop wants; stands for requests of others. */
  UnaryOperator<RunState> transition = to -> to;

  /** Verifications to come, first one first; when they have run out, nothing remains. */
  final Deque<Verified> verifications = new ArrayDeque<>();

  private int last;
  private int reached;
  private final Deque<Range> gaps = new ArrayDeque<>();

  RowsInMemory(int rows) {
    this.last = rows;
  }

  @Override
  public synchronized void reload() {
    reloads++;
    gaps.clear();
    reached = 0;
    TreeSet<Integer> finished = new TreeSet<>(done.keySet());
    finished.addAll(quarantined.keySet());
    int furthest = finished.isEmpty() ? 0 : finished.last();
    for (int row = 1; row <= furthest; row++) {
      if (!finished.contains(row)) {
        gaps.add(new Range(row, row));
      }
    }
    reached = furthest;
  }

  @Override
  public synchronized Optional<Range> next(int rows) {
    if (!gaps.isEmpty()) {
      return Optional.of(gaps.poll());
    }
    if (reached >= last) {
      return Optional.empty();
    }
    Range range = new Range(reached + 1, Math.min(reached + rows, last));
    reached = range.to();
    return Optional.of(range);
  }

  @Override
  public Applied apply(Range range) {
    beforeCommit.accept(range); // unguarded: workers may wait for each other here
    synchronized (this) {
      committed.add(range);
      for (int row = range.from(); row <= range.to(); row++) {
        done.merge(row, 1, Integer::sum);
      }
    }
    afterCommit.accept(range);
    return new Applied(range.size(), asked.apply(Signal.GO_ON));
  }

  @Override
  public synchronized List<Range> split(Range range) {
    if (range.size() == 1) {
      return List.of();
    }
    int middle = range.from() + range.size() / 2 - 1;
    return List.of(new Range(range.from(), middle), new Range(middle + 1, range.to()));
  }

  @Override
  public synchronized void quarantine(Range single, PlumblineException error) {
    quarantined.put(single.from(), error.what());
  }

  @Override
  public synchronized Verified verify() {
    @Nullable Verified next = verifications.poll();
    return next == null ? new Verified(quarantined.size(), 0) : next;
  }

  /** A further pass: ten rows have appeared. */
  @Override
  public synchronized void prepareNextPass() {
    last += 10;
  }

  @Override
  public synchronized RunState transition(RunState from, RunState to) {
    RunState reachedState = transition.apply(to);
    states.add(reachedState.word());
    return reachedState;
  }

  static DatabaseException failure(FailureKind kind, String message) {
    return new DatabaseException(
        kind, "", message, Optional.empty(), message, "Nothing is half-written.", "Look.", null);
  }
}

package dev.plumbline.status;

import dev.plumbline.audit.Verdict;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.guard.Standing;
import dev.plumbline.migration.History;
import dev.plumbline.migration.Hold;
import dev.plumbline.migration.Migration.Reference;
import dev.plumbline.migration.Phase;
import dev.plumbline.migration.Phases;
import dev.plumbline.migration.Version;
import dev.plumbline.status.PhaseLine.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a change of several phases stands, by what is known: migrating asks anew. A phase of which
 * a later one has begun is done.
 */
final class PhaseLines {
  private final Phases phases;
  private final History history;
  private final List<InvariantLine> invariants;
  private final List<Standing> guards;

  PhaseLines(
      Phases phases, History history, List<InvariantLine> invariants, List<Standing> guards) {
    this.phases = phases;
    this.history = history;
    this.invariants = invariants;
    this.guards = guards;
  }

  List<PhaseLine> lines() {
    List<PhaseLine> lines = new ArrayList<>();
    boolean reached = false;
    for (Phase phase : phases.list()) {
      List<Hold> holds = reached ? List.of() : holds(phase);
      boolean done = !reached && holds.isEmpty();
      lines.add(
          new PhaseLine(phase, done ? State.DONE : reached ? State.LATER : State.PRESENT, holds));
      reached = reached || !done;
    }
    return lines;
  }

  private List<Hold> holds(Phase phase) {
    List<Hold> holds = new ArrayList<>();
    phase.migrations().stream()
        .filter(v -> !isIn(v, History.State.APPLIED))
        .forEach(version -> holds.add(new Hold.Pending(phase.name(), version)));
    if (!holds.isEmpty() || laterHasBegun(phase)) {
      return holds;
    }
    phase.gates().forEach(gate -> gate(phase, gate).ifPresent(holds::add));
    holds.addAll(Hold.unguarded(phase, guards));
    if (phase.unconfirmed()) {
      holds.add(new Hold.Unconfirmed(phase.name()));
    }
    return holds;
  }

  private boolean laterHasBegun(Phase phase) {
    return phases.after(phase).stream()
        .flatMap(later -> later.migrations().stream())
        .anyMatch(v -> history.of(v).filter(e -> e.state() != History.State.UNDONE).isPresent());
  }

  private boolean isIn(Version version, History.State state) {
    return history.of(version).filter(entry -> entry.state() == state).isPresent();
  }

  private Optional<Hold> gate(Phase phase, Reference gate) {
    InvariantLine line =
        invariants.stream()
            .filter(l -> l.name().equals(gate.invariant()))
            .findFirst()
            .orElse(InvariantLine.unknown(gate.invariant()));
    if (line.violations().isPresent() && line.violations().getAsLong() > 0) {
      return Optional.of(
          new Hold.Violated(phase.name(), line.name(), line.violations().getAsLong()));
    }
    if (line.verdict().isEmpty() || line.verdict().get() == Verdict.BLIND) {
      String why =
          line.error().map(PlumblineException::what).orElse("nobody has looked; --audit looks");
      return Optional.of(new Hold.Unknown(phase.name(), line.name(), why));
    }
    return Optional.empty();
  }
}

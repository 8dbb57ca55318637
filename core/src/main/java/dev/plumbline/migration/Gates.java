package dev.plumbline.migration;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.audit.Counts;
import dev.plumbline.audit.Verdict;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Settings;
import dev.plumbline.guard.Guards;
import dev.plumbline.invariant.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to be so before a migration of a later phase may begin. It is decided by looking at the
 * database at that moment; what an audit found yesterday decides nothing.
 */
final class Gates {
  private final Database database;
  private final Settings settings;
  private final Invariants invariants;
  private final Phases phases;

  Gates(Database database, Settings settings, Invariants invariants, Phases phases) {
    this.database = database;
    this.settings = settings;
    this.invariants = invariants;
    this.phases = phases;
  }

  /**
   * What holds a migration back.
   *
   * @param coming migrations that will be applied before it: gates from their phases on depend on
   *     what those do, and are asked when it is its turn
   */
  List<Hold> before(Migration migration, History history, Set<Version> coming) {
    Optional<Phase> own = phases.of(migration.version());
    if (own.isEmpty() || isBegun(history, migration.version())) {
      return List.of();
    }
    List<Hold> holds = new ArrayList<>();
    boolean ownBegun = own.get().migrations().stream().anyMatch(v -> isBegun(history, v));
    boolean decided = true;
    for (Phase phase : phases.before(own.get())) {
      decided = decided && phase.migrations().stream().noneMatch(coming::contains);
      List<Hold> pending = pending(phase, history, coming);
      holds.addAll(pending);
      if (decided && pending.isEmpty()) {
        holds.addAll(violated(phase));
        holds.addAll(ownBegun ? List.of() : unguarded(phase));
      }
      if (phase.unconfirmed()) {
        holds.add(new Hold.Unconfirmed(phase.name()));
      }
    }
    return holds;
  }

  /** A migration that was begun goes on: what it waits for was there. */
  private static boolean isBegun(History history, Version version) {
    return history.of(version).filter(entry -> entry.state() != History.State.UNDONE).isPresent();
  }

  private static List<Hold> pending(Phase phase, History history, Set<Version> coming) {
    return phase.migrations().stream()
        .filter(v -> !coming.contains(v))
        .filter(v -> history.of(v).filter(e -> e.state() == History.State.APPLIED).isEmpty())
        .<Hold>map(version -> new Hold.Pending(phase.name(), version))
        .toList();
  }

  private List<Hold> violated(Phase phase) {
    if (phase.gates().isEmpty()) {
      return List.of();
    }
    List<Invariant> named =
        phase.gates().stream().map(gate -> invariants.named(gate.invariant())).toList();
    List<Hold> holds = new ArrayList<>();
    for (AuditResult result :
        new Auditor(database, settings.reading())
            .audit("", named, AuditOptions.standard().withSamples(0))
            .results()) {
      gate(phase, result).ifPresent(holds::add);
    }
    return holds;
  }

  /** As with {@code verify}, thresholds do not count: one violation closes the gate. */
  private static Optional<Hold> gate(Phase phase, AuditResult result) {
    String invariant = result.invariant().name();
    long violations = result.counts().map(Counts::violations).orElse(0L);
    if (result.verdict() == Verdict.BLIND) {
      String why = result.error().map(PlumblineException::what).orElse("it cannot be looked at");
      return Optional.of(new Hold.Unknown(phase.name(), invariant, why));
    }
    return violations == 0
        ? Optional.empty()
        : Optional.of(new Hold.Violated(phase.name(), invariant, violations));
  }

  /** Asked until the migration's own phase has begun: from then on a guard may be taken away. */
  private List<Hold> unguarded(Phase phase) {
    if (phase.guards().isEmpty()) {
      return List.of();
    }
    List<Invariant> named =
        phase.guards().stream().map(guard -> invariants.named(guard.invariant())).toList();
    try (Session session = database.openForReading(settings.reading())) {
      return Hold.unguarded(phase, session.transaction(() -> Guards.standing(session, named)));
    }
  }

  /**
   * @throws PlumblineException (2) if anything holds the migration back
   */
  void require(Migration migration, History history) {
    List<Hold> holds = before(migration, history, Set.of());
    if (!holds.isEmpty()) {
      Phase own = phases.of(migration.version()).orElseThrow();
      throw new PlumblineException(
          ErrorCode.FAILED,
          migration.label()
              + " belongs to the phase `"
              + own.name()
              + "`, and an earlier one is not done:\n"
              + holds.stream()
                  .map(hold -> "  " + hold.phase() + ": " + hold.why())
                  .collect(Collectors.joining("\n")),
          "Nothing of it was begun; what was applied before it stays.",
          "First: " + holds.getFirst().next() + "\nWhere all of it stands: plumb status");
    }
  }
}

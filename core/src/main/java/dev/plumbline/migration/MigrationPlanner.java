package dev.plumbline.migration;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.database.Database;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Steps;
import dev.plumbline.migration.Migration.Expectation;
import dev.plumbline.migration.MigrationPlan.Expected;
import dev.plumbline.migration.MigrationPlan.PlannedPart;
import dev.plumbline.migration.MigrationPlan.PlannedStatement;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans a migration by looking only. */
final class MigrationPlanner {
  private final Database database;
  private final Settings settings;
  private final Invariants invariants;
  private final Locks locks = new Locks();

  /** Whether statements are still to come that may make what an invariant speaks of. */
  private boolean schemaAhead;

  MigrationPlanner(Database database, Settings settings, Invariants invariants) {
    this.database = database;
    this.settings = settings;
    this.invariants = invariants;
  }

  /**
   * @param first whether nothing else will be applied before it; after others counts may differ
   */
  MigrationPlan plan(Migration migration, Optional<History.Entry> standing, boolean first) {
    Set<Integer> done =
        standing
            .filter(entry -> entry.state().pending())
            .map(entry -> entry.steps().stream())
            .orElseGet(Stream::empty)
            .filter(Steps.Entry::done)
            .map(Steps.Entry::n)
            .collect(Collectors.toSet());
    List<Part> all = Parts.of(database.dialect(), migration);
    schemaAhead =
        all.stream()
            .anyMatch(part -> part.step().equals(Step.SCHEMA.word()) && !done.contains(part.n()));
    List<PlannedPart> parts = new ArrayList<>();
    for (Part part : all) {
      parts.add(part(part, done.contains(part.n()), first));
    }
    return new MigrationPlan(migration, standing, parts, List.of());
  }

  private PlannedPart part(Part part, boolean done, boolean first) {
    return switch (part) {
      case Part.Expect expect ->
          PlannedPart.with(part, done, List.of(), expected(expect.expectations(), done, first));
      case Part.Sql sql ->
          PlannedPart.with(
              part,
              done,
              PlannedStatement.all(locks, sql.statements()),
              expected(sql.expectations(), done, first));
      case Part.Backfill backfill -> backfill(backfill, done, first);
      case Part.Verify verify -> PlannedPart.of(part, done);
      case Part.TakeBack back -> PlannedPart.of(part, done);
    };
  }

  private List<Expected> expected(List<Expectation> expectations, boolean done, boolean first) {
    List<Expected> expected = new ArrayList<>();
    for (Expectation expectation : expectations) {
      OptionalLong actual = done || !first ? OptionalLong.empty() : count(expectation);
      expected.add(new Expected(expectation, actual));
    }
    return expected;
  }

  /** What cannot be looked at may be what the schema step is about to make. */
  private OptionalLong count(Expectation expectation) {
    Invariant invariant = invariants.named(expectation.invariant().invariant());
    AuditResult result =
        new Auditor(database, settings.reading())
            .audit("", List.of(invariant), AuditOptions.standard())
            .results()
            .getFirst();
    result.error().ifPresent(this::requireAhead);
    return result.counts().map(c -> OptionalLong.of(c.violations())).orElse(OptionalLong.empty());
  }

  private void requireAhead(PlumblineException error) {
    if (error.code() != ErrorCode.PROJECT || !schemaAhead) {
      throw error;
    }
  }

  private PlannedPart backfill(Part.Backfill part, boolean done, boolean first) {
    if (done) {
      return PlannedPart.of(part, true);
    }
    if (!first) {
      return unknown(part, "counted when the migrations before it are applied");
    }
    Invariant invariant = invariants.named(part.invariant().invariant());
    try {
      RepairPlan plan =
          new Repair(database, settings).plan(invariant, invariants.options(invariant));
      return new PlannedPart(
          part, false, List.of(), List.of(), Optional.of(plan), Optional.empty());
    } catch (PlumblineException e) {
      requireAhead(e);
      return unknown(part, "counted when the schema step is done");
    }
  }

  private static PlannedPart unknown(Part part, String why) {
    return new PlannedPart(part, false, List.of(), List.of(), Optional.empty(), Optional.of(why));
  }
}

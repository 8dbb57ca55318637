package dev.plumbline.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.Key;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.run.Listener;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Repairs as the tests ask for them. */
final class Repairs {
  private Repairs() {}

  static Repair of(TestDatabase database) {
    return new Repair(Cases.database(database), Settings.standard());
  }

  static RepairOptions batches(int rows, int workers) {
    return new RepairOptions(Scope.whole(), OptionalInt.of(rows), workers);
  }

  static RepairOptions where(String condition) {
    return options(new Scope(Optional.of(condition), List.of(), OptionalLong.empty()));
  }

  static RepairOptions keys(Key... keys) {
    return options(new Scope(Optional.empty(), List.of(keys), OptionalLong.empty()));
  }

  static RepairOptions limit(long most) {
    return options(new Scope(Optional.empty(), List.of(), OptionalLong.of(most)));
  }

  static RepairOptions options(Scope scope) {
    return new RepairOptions(scope, OptionalInt.empty(), 1);
  }

  static RepairPlan plan(TestDatabase database, String yaml) {
    return plan(database, yaml, RepairOptions.standard());
  }

  static RepairPlan plan(TestDatabase database, String yaml, RepairOptions options) {
    return of(database).plan(Cases.invariant(yaml), options);
  }

  static RunReport run(TestDatabase database, String yaml) {
    return run(database, yaml, RepairOptions.standard());
  }

  /** Plans and runs. */
  static RunReport run(TestDatabase database, String yaml, RepairOptions options) {
    Repair repair = of(database);
    return repair.run(repair.plan(Cases.invariant(yaml), options), new Listener() {});
  }

  static RunReport resume(TestDatabase database, long run, Invariant invariant) {
    return of(database).resume(run, invariant, new Listener() {});
  }

  /** How many rows a query counts. */
  static long count(TestDatabase database, String from) {
    return Long.parseLong(String.valueOf(database.queryValue("SELECT count(*) FROM " + from)));
  }

  /** Each row that a step of a run changed has exactly one before-image. */
  static void imagesAreComplete(TestDatabase database, RunReport report, int step, long rows) {
    String images = "plumb.image_" + report.run().id() + "_" + step;
    assertThat(count(database, images)).isEqualTo(rows);
    assertThat(count(database, "(SELECT DISTINCT k1 FROM " + images + ") AS d")).isEqualTo(rows);
    assertThat(count(database, images + " WHERE batch NOT IN (SELECT no FROM plumb.batches)"))
        .isZero();
  }
}

package dev.plumbline.transform;

import static dev.plumbline.transform.ColumnRuns.SILENT;
import static dev.plumbline.transform.ColumnRuns.WRAP;
import static dev.plumbline.transform.ColumnRuns.batches;
import static dev.plumbline.transform.ColumnRuns.count;
import static dev.plumbline.transform.ColumnRuns.journal;
import static dev.plumbline.transform.ColumnRuns.of;
import static dev.plumbline.transform.ColumnRuns.rollback;
import static dev.plumbline.transform.ColumnRuns.run;
import static dev.plumbline.transform.ColumnRuns.transform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Key;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Execution;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.Purge;
import dev.plumbline.repair.Cases;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairOptions;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How long before-images are kept, and what a rollback says of those that are not there. */
class PurgeTest {
  private static final Transform TRANSFORM = transform("doc", WRAP);
  private static final Duration KEEP = Duration.ofDays(30);

  private static Purge.Plan plan(TestDatabase database, Duration later) {
    try (Session session = ColumnRuns.database(database).openForReading(Timeouts.READING)) {
      return session.transaction(
          () -> new Purge(session).plan(run -> KEEP, Instant.now().plus(later)));
    }
  }

  private static void purged(TestDatabase database, Duration later) {
    Purge.Plan plan = plan(database, later);
    try (Session session = ColumnRuns.database(database).openForWriting(Timeouts.WRITING)) {
      plan.items().forEach(new Purge(session)::carryOut);
    }
  }

  @OnEachDatabase
  void images_of_documents_go_when_their_time_has_come(TestDatabase database) {
    ColumnTransformTest.documents(database, "text");
    assertThat(plan(database, Duration.ofDays(31)).items()).isEmpty();
    run(of(database, TRANSFORM, "docs"), batches(10, 1));
    DocumentRollback rollback = rollback(database, TRANSFORM, "docs");
    DocumentRollbackOptions one =
        new DocumentRollbackOptions(List.of(new Key(List.of("1"))), false, 1);
    rollback.run(rollback.plan(1, one, looked -> {}), Optional.empty(), SILENT);

    assertThat(plan(database, Duration.ofDays(29)))
        .extracting(Purge.Plan::documents, Purge.Plan::young)
        .containsExactly(0L, 2L);
    Purge.Plan plan = plan(database, Duration.ofDays(31));
    assertThat(plan.items()).extracting(item -> item.run().id()).containsExactly(1L, 2L);
    assertThat(plan.documents()).isEqualTo(37);
    assertThat(count(database, journal(database, "documents") + " WHERE before LIKE '%Zo%'"))
        .as("a plan writes nothing")
        .isEqualTo(37);

    purged(database, Duration.ofDays(31));
    assertThat(count(database, journal(database, "documents"))).isEqualTo(37);
    assertThat(
            count(
                database,
                journal(database, "documents") + " WHERE before <> '{}' OR after <> '{}'"))
        .isZero();
    assertThat(plan(database, Duration.ofDays(31)).items()).isEmpty();
    assertMissing(() -> rollback.plan(1, DocumentRollbackOptions.whole(), l -> {}), "11");
    assertMissing(() -> rollback.plan(1, one, l -> {}), "missing: 1 (they were purged)");
    assertThat(run(of(database, TRANSFORM, "docs"), batches(10, 1)).run().run().changed())
        .isEqualTo(1);
  }

  @OnEachDatabase
  void images_of_rows_go_too_and_the_run_can_still_be_looked_at(TestDatabase database) {
    database.execute(
        "CREATE TABLE numbers (id INTEGER PRIMARY KEY, doubled INTEGER)",
        "INSERT INTO numbers VALUES (1, 0), (2, 0), (3, 6)");
    Database target = ColumnRuns.database(database);
    Repair repair = new Repair(target, Settings.standard());
    repair.run(
        repair.plan(
            Cases.invariant("table: numbers\nderive: {doubled: id * 2}\n"),
            RepairOptions.standard()),
        SILENT);
    assertThat(plan(database, Duration.ofDays(31)).rows()).isEqualTo(2);
    purged(database, Duration.ofDays(31));
    assertThat(plan(database, Duration.ofDays(31)).items()).isEmpty();
    assertThat(new Execution(target, Settings.standard()).look(1).run().changed()).isEqualTo(2);
    Rollback rollback = new Rollback(target, Settings.standard());
    assertMissing(() -> rollback.plan(1, RollbackOptions.whole()), "numbers");
    assertMissing(
        () -> rollback.plan(1, RollbackOptions.of(List.of(new Key(List.of("1"))))), "purged");
  }

  private static void assertMissing(Runnable rollback, String words) {
    assertThatThrownBy(rollback::run)
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what()).contains("missing", words);
            });
  }
}

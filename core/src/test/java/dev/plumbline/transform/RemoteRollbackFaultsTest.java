package dev.plumbline.transform;

import static dev.plumbline.transform.ColumnRuns.SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Sql;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.Purge;
import dev.plumbline.journal.SetAside;
import dev.plumbline.report.DocumentRollbackText;
import dev.plumbline.report.TextStyle;
import dev.plumbline.run.RunState;
import dev.plumbline.source.DocumentSource.Fate;
import dev.plumbline.source.DocumentSource.Write;
import dev.plumbline.source.DocumentSource.Written;
import dev.plumbline.transform.DocumentRollbackPlan.Kept;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Taking documents back behind requests that get lost, while others write, in processes that die.
 */
class RemoteRollbackFaultsTest {
  private static final int RECORDS = 10;
  private static final Transform TRANSFORM =
      ColumnRuns.transform(
          "doc", ColumnRuns.WRAP, Map.of("note", new Program.Jq("\"n is \\(.was.n)\"")));

  @TempDir Path project;
  private final Records records = new Records();

  @BeforeEach
  void transformed() {
    for (int i = 0; i < RECORDS; i++) {
      records.set(id(i), "doc", "{ \"n\":  " + i + " }");
    }
    new DocumentsJournal(project).create();
    RemoteTransform transform =
        new RemoteTransform(
            TRANSFORM,
            records,
            new DocumentsJournal(project).database(),
            Settings.standard(),
            Clock.systemUTC());
    long run =
        transform.begin(
            new TransformOptions(
                List.of(), Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 1));
    assertThat(transform.run(run, "d1", Optional.empty(), SILENT).run().run().changed())
        .isEqualTo(RECORDS);
  }

  private static String id(int i) {
    return "r" + i;
  }

  private static String wrapped(String n) {
    return "{\"v\":2,\"was\":{\"n\":" + n + "}}";
  }

  private DocumentRollback rollback() {
    return DocumentRollback.of(
        TRANSFORM,
        records,
        new DocumentsJournal(project).database(),
        Settings.standard(),
        Clock.systemUTC());
  }

  private static DocumentRollbackOptions options(boolean merge) {
    return new DocumentRollbackOptions(List.of(), merge, 1);
  }

  private DocumentRollbackReport rolledBack(boolean merge) {
    DocumentRollback rollback = rollback();
    return rollback.run(rollback.plan(1, options(merge), looked -> {}), Optional.empty(), SILENT);
  }

  private void assertRestored(int i) {
    assertThat(records.get(id(i))).isEqualTo(Map.of("doc", "{ \"n\":  " + i + " }"));
  }

  /** The process dies after the source has done what it was asked for, before that is noted. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private void assertKilled(boolean merge, int after) {
    AtomicInteger left = new AtomicInteger(after);
    records.writing(
        (here, write) -> {
          Written written = here.carryOut(write);
          if (left.decrementAndGet() == 0) {
            throw new Killed();
          }
          return written;
        });
    assertThatThrownBy(() -> rolledBack(merge)).hasRootCauseInstanceOf(Killed.class);
    asKilled();
    records.writing(Records::carryOut);
  }

  /** A process that is gone has not entered that it failed. */
  private void asKilled() {
    journal(
        session ->
            session.execute(
                Sql.of(
                    "UPDATE plumb_runs SET state = 'running', finished_at = NULL WHERE id = 2")));
  }

  private static void assertCounts(DocumentRollbackReport report, long... counts) {
    assertThat(
            new long[] {
              report.restored(),
              report.inPart(),
              report.already(),
              report.merged(),
              report.conflicts(),
              report.left()
            })
        .as("restored, in part, already, merged, conflicts, left")
        .containsExactly(counts);
  }

  @Test
  void what_was_written_along_and_changed_by_hand_is_kept_and_named_when_merging() {
    records.set(id(1), "doc", wrapped("100"));
    records.set(id(1), "note", "by hand");
    records.set(id(2), "doc", wrapped("200"));
    DocumentRollbackPlan plan = rollback().plan(1, options(true), looked -> {});
    assertThat(plan.kept())
        .containsExactly(new Kept("r1", List.of("note"), "merged but for what was changed since"));
    assertThat(plan.mergedPaths()).extracting(Kept::id).containsExactly("r2");
    assertThat(plan.exitCode()).isEqualTo(ExitCode.WARNING);

    DocumentRollbackReport report = rolledBack(true);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.WARNING);
    assertCounts(report, RECORDS - 2, 1, 0, 1, 0, 0);
    assertThat(report.run().setAside())
        .extracting(SetAside::message)
        .containsExactly("merged but for what was changed since: note");
    assertThat(records.get("r1")).isEqualTo(Map.of("doc", "{\"n\":100}", "note", "by hand"));
    assertThat(records.get("r2")).isEqualTo(Map.of("doc", "{\"n\":200}"));
  }

  @Test
  void killed_after_a_request_it_knows_what_it_wrote_and_what_it_kept() {
    records.set(id(0), "note", "by hand");
    records.set(id(1), "doc", wrapped("100"));
    records.set(id(1), "note", "by hand");
    records.set(id(2), "doc", wrapped("200"));
    assertKilled(true, 4);
    DocumentRollbackReport report = rollback().resume(2, Optional.empty(), SILENT);
    assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertCounts(report, RECORDS - 3, 2, 0, 1, 0, 0);
    assertThat(report.run().setAside())
        .extracting(SetAside::message)
        .containsExactlyInAnyOrder(
            "restored but for what was changed since: note",
            "merged but for what was changed since: note");
    assertThat(records.get("r0")).isEqualTo(Map.of("doc", "{ \"n\":  0 }", "note", "by hand"));
    assertThat(records.get("r1")).isEqualTo(Map.of("doc", "{\"n\":100}", "note", "by hand"));
    assertRestored(3);
  }

  @Test
  void a_plan_tells_of_a_rollback_that_has_not_ended() {
    assertThat(rollback().plan(1, options(false), looked -> {}).active()).isEmpty();
    assertKilled(false, 3);
    DocumentRollbackPlan plan = rollback().plan(1, options(false), looked -> {});
    assertThat(plan.active())
        .hasValueSatisfying(
            run -> {
              assertThat(run.name()).isEqualTo("d2");
              assertThat(run.interrupted()).isTrue();
              assertThat(run.plan().reverts()).hasValue(1);
            });
    assertThat(DocumentRollbackText.plan(plan, TextStyle.plain()))
        .contains(
            "Run d2, a rollback of d1, is interrupted: until it has ended, no other begins.\n"
                + "  Go on with it: plumb resume d2, or end it: plumb cancel d2\n");
    rollback().resume(2, Optional.empty(), SILENT);
    assertThat(rollback().plan(1, options(false), looked -> {}).active()).isEmpty();
  }

  @Test
  void killed_after_every_single_request_nothing_is_written_twice_or_left_out() {
    for (int i = 0; i < RECORDS; i++) {
      int killed = i + 1;
      AtomicInteger written = new AtomicInteger();
      records.writing(
          (here, write) -> {
            assertThat(here.get(write.id()).get("doc")).as("written once").startsWith("{\"v\"");
            Written done = here.carryOut(write);
            if (written.incrementAndGet() == 1) {
              throw new Killed();
            }
            return done;
          });
      assertThatThrownBy(
              () -> {
                if (killed == 1) {
                  rolledBack(false);
                } else {
                  rollback().resume(2, Optional.empty(), SILENT);
                }
              })
          .hasRootCauseInstanceOf(Killed.class);
      asKilled();
    }
    DocumentRollbackReport report = rollback().resume(2, Optional.empty(), SILENT);
    assertCounts(report, RECORDS, 0, 0, 0, 0, 0);
    for (int i = 0; i < RECORDS; i++) {
      assertRestored(i);
    }
  }

  private void journal(Consumer<Session> work) {
    try (Session session =
        new DocumentsJournal(project).database().openForWriting(Timeouts.WRITING)) {
      work.accept(session);
    }
  }

  @Test
  void each_intent_is_durable_before_its_request_goes_out() {
    AtomicInteger requests = new AtomicInteger();
    records.writing(
        (here, write) -> {
          journal(
              session ->
                  assertThat(new DocumentImages(session, 2).find(write.id()))
                      .hasValueSatisfying(
                          image -> {
                            assertThat(image.state()).isEqualTo(DocumentImages.State.INTENDED);
                            assertThat(image.after()).isEqualTo(write.properties());
                          }));
          requests.incrementAndGet();
          return here.carryOut(write);
        });
    assertCounts(rolledBack(false), RECORDS, 0, 0, 0, 0, 0);
    assertThat(requests).hasValue(RECORDS);
  }

  @Test
  void a_process_whose_run_was_taken_over_enters_nothing_and_asks_for_nothing_more() {
    AtomicInteger requests = new AtomicInteger();
    records.writing(
        (here, write) -> {
          requests.incrementAndGet();
          journal(
              session ->
                  session.execute(
                      Sql.of(
                          "UPDATE plumb_runs SET lease_token = lease_token + 1,"
                              + " lease_until = NULL WHERE id = 2")));
          return here.carryOut(write);
        });
    assertThatThrownBy(() -> rolledBack(false))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
    assertThat(requests).as("those of one batch").hasValueLessThan(RECORDS);
    journal(
        session ->
            assertThat(new DocumentImages(session, 2).count(DocumentImages.State.WRITTEN))
                .isZero());
    records.writing(Records::carryOut);
    assertCounts(rollback().resume(2, Optional.empty(), SILENT), RECORDS, 0, 0, 0, 0, 0);
  }

  @Test
  void what_is_seen_in_the_end_to_be_written_has_not_failed() {
    records.writing(new LateArrival());
    DocumentRollbackReport report = rolledBack(false);
    assertRestored(5);
    assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.run().quarantined()).isZero();
    assertCounts(report, RECORDS, 0, 0, 0, 0, 0);
  }

  /** Answers nothing about one record, and carries its write out only with the next batch. */
  private static final class LateArrival implements BiFunction<Records, Write, Written> {
    private Optional<Write> underWay = Optional.empty();

    @Override
    public Written apply(Records here, Write write) {
      if (write.id().equals("r5")) {
        underWay = Optional.of(write);
        return new Written("r5", Fate.UNKNOWN, "no answer");
      }
      if (write.id().equals("r9")) {
        underWay.ifPresent(here::carryOut);
      }
      return here.carryOut(write);
    }
  }

  @Test
  void a_refused_document_is_kept_by_nobody() {
    records.set(id(5), "note", "by hand");
    records.writing(
        (here, write) ->
            write.id().equals("r5")
                ? new Written("r5", Fate.REFUSED, "too long")
                : here.carryOut(write));
    DocumentRollbackReport report = rolledBack(false);
    assertThat(report.run().run().state()).isEqualTo(RunState.FAILED);
    assertThat(report.run().setAside())
        .extracting(SetAside::message)
        .containsExactly("the source refuses it: too long");
    assertCounts(report, RECORDS - 1, 0, 0, 0, 0, 1);
    assertThat(records.get("r5")).containsEntry("doc", wrapped("5"));
  }

  @Test
  void without_its_before_images_a_rollback_does_not_go_on() {
    records.writing(
        (here, write) ->
            write.id().equals("r5")
                ? new Written("r5", Fate.REFUSED, "too long")
                : here.carryOut(write));
    assertThat(rolledBack(false).run().run().state()).isEqualTo(RunState.FAILED);
    records.writing(Records::carryOut);
    journal(
        session -> {
          Purge purge = new Purge(session);
          purge
              .plan(run -> Duration.ZERO, Instant.now().plusSeconds(1))
              .items()
              .forEach(purge::carryOut);
        });
    assertThatThrownBy(() -> rollback().resume(2, Optional.empty(), SILENT))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what()).contains("of run d1 are missing", "purged");
            });
    assertThat(records.get("r5")).containsEntry("doc", wrapped("5"));
  }

  @Test
  void what_was_changed_back_before_the_end_is_restored_and_no_conflict() {
    records.set(id(0), "doc", wrapped("100"));
    records.writing(
        (here, write) -> {
          if (write.id().equals("r9")) {
            here.set("r0", "doc", wrapped("0"));
          }
          return here.carryOut(write);
        });
    DocumentRollbackReport report = rolledBack(false);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().setAside()).isEmpty();
    assertCounts(report, RECORDS, 0, 0, 0, 0, 0);
    assertRestored(0);
  }
}

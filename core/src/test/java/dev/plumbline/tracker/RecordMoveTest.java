package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairOptions;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.run.Listener;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.tracker.ToolCase.On;
import dev.plumbline.verify.RecordMove;
import dev.plumbline.verify.RecordMove.Direction;
import dev.plumbline.verify.Tracked;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every tool's record is moved by a run like any other, and the run is taken back. */
class RecordMoveTest {
  private static final Listener SILENT = new Listener() {};

  static Stream<Arguments> cases() {
    return TrackerContractTest.cases();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void a_record_goes_back_and_the_run_is_taken_back(ToolCase tool, On on) {
    try (TestDatabase database = on.database()) {
      tool.makeTable(database, on);
      tool.fill(database, on);
      List<String> before = done(database, tool);
      Tracked tracked = tracked(database, tool);
      String first = oldestToGoBackTo(tracked);
      List<String> going =
          Trackers.withdrawn(tracked.history().orElseThrow(), tracked.matches(), first).stream()
              .map(Match::revision)
              .toList();
      TrackerEdit edit =
          Trackers.resetTo(tracked.history().orElseThrow(), tracked.matches(), first);

      long run =
          moved(database, new RecordMove(tracked, Direction.BACK, first, going, edit, List.of()));

      assertThat(done(database, tool))
          .containsExactlyElementsOf(before.stream().filter(r -> !going.contains(r)).toList());
      takeBack(database, run);
      assertThat(done(database, tool)).isEqualTo(before);
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void a_record_goes_forward_and_the_run_is_taken_back(ToolCase tool, On on) {
    try (TestDatabase database = on.database()) {
      tool.makeTable(database, on);
      Tracked tracked = tracked(database, tool);
      String last = tracked.files().getLast().revision();
      TrackerEdit edit = Trackers.mark(tracked.history().orElseThrow(), tracked.matches(), last);

      long run =
          moved(
              database,
              new RecordMove(tracked, Direction.FORWARD, last, List.of(last), edit, List.of()));

      assertThat(done(database, tool)).contains(last);
      takeBack(database, run);
      assertThat(done(database, tool)).isEmpty();
    }
  }

  private static String oldestToGoBackTo(Tracked tracked) {
    TrackerHistory history = tracked.history().orElseThrow();
    return tracked.matches().stream()
        .filter(match -> match.isDone() && match.recorded().orElseThrow().state() != State.BASELINE)
        .map(Match::revision)
        .filter(revision -> !Trackers.resetTo(history, tracked.matches(), revision).isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static long moved(TestDatabase database, RecordMove move) {
    Repair repair = new Repair(live(database), Settings.standard());
    RepairPlan plan =
        repair.plan(move.invariant(live(database).dialect()), RepairOptions.standard());
    RunReport report = repair.run(plan, SILENT);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    return report.run().id();
  }

  private static void takeBack(TestDatabase database, long run) {
    Rollback rollback = new Rollback(live(database), Settings.standard());
    RunReport back = rollback.run(rollback.plan(run, RollbackOptions.whole()), SILENT);
    assertThat(back.exitCode()).isEqualTo(ExitCode.OK);
  }

  private static List<String> done(TestDatabase database, ToolCase tool) {
    return tracked(database, tool).matches().stream()
        .filter(Match::isDone)
        .map(Match::revision)
        .toList();
  }

  private static Tracked tracked(TestDatabase database, ToolCase tool) {
    try (Session session = live(database).openForReading(Timeouts.READING)) {
      TrackerHistory history = session.transaction(() -> Trackers.read(session)).getFirst();
      List<ToolFile> files = Trackers.files(tool.tool(), tool.files());
      return new Tracked(
          tool.tool(),
          history.table().name(),
          Optional.empty(),
          Optional.of(history),
          List.of(tool.files()),
          files,
          Trackers.match(history, files));
    }
  }

  private static Database live(TestDatabase database) {
    return Database.of(JdbcUrl.parse(database.url()));
  }
}

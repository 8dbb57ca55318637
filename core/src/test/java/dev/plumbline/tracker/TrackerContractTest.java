package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.testkit.Golden;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.tracker.ToolCase.On;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every tracker must do, on each database that its tool supports. */
class TrackerContractTest {
  private static final Golden GOLDEN =
      Golden.masking("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>");

  static Stream<Arguments> cases() {
    return ToolCase.all().stream()
        .flatMap(tool -> tool.databases().stream().map(on -> Arguments.of(tool, on)));
  }

  static List<ToolCase> tools() {
    return ToolCase.all();
  }

  @Test
  void every_tracker_has_a_case() {
    assertThat(ToolCase.all().stream().map(ToolCase::tool))
        .containsExactlyInAnyOrderElementsOf(Trackers.tools());
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void tells_what_is_recorded_and_changes_it_as_the_tool_would(ToolCase tool, On on) {
    try (TestDatabase database = on.database()) {
      tool.makeTable(database, on);
      tool.fill(database, on);
      Story story = new Story(tool).files();
      TrackerHistory history = only(reading(database, Trackers::read));
      assertThat(history.tool()).isEqualTo(tool.tool());
      story.recorded(history).matched(history);
      try (Session session = writing(database)) {
        tool.read("steps.txt").lines().forEach(step -> story.step(session, step));
      }
      GOLDEN.assertMatches(tool.story(), story.text());
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void a_table_of_that_name_with_other_columns_is_somebody_elses(ToolCase tool, On on) {
    try (TestDatabase database = on.database()) {
      database.runScript(tool.read("foreign.sql"), Map.of());
      assertThat(reading(database, Trackers::read)).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void an_empty_table_has_recorded_nothing_and_can_be_marked(ToolCase tool, On on) {
    try (TestDatabase database = on.database()) {
      tool.makeTable(database, on);
      List<ToolFile> files = Trackers.files(tool.tool(), tool.files());
      TrackerHistory history = only(reading(database, Trackers::read));
      List<Match> matches = Trackers.match(history, files);
      assertThat(history.recorded()).isEmpty();
      assertThat(matches).hasSize(files.size()).noneMatch(Match::isDone);

      String last = files.getLast().revision();
      try (Session session = writing(database)) {
        Trackers.mark(history, matches, last)
            .statements(session.dialect())
            .forEach(session::execute);
      }
      TrackerHistory marked = only(reading(database, Trackers::read));
      assertThat(Trackers.match(marked, files))
          .filteredOn(Match::isDone)
          .extracting(Match::revision)
          .contains(last);
      assertThat(Trackers.mark(marked, Trackers.match(marked, files), last).isEmpty()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tools")
  void a_row_of_nulls_is_read(ToolCase tool) {
    List<Tracker> trackers = Trackers.all().stream().filter(t -> t.tool() == tool.tool()).toList();
    TrackerRow nothing = new TrackerRow(Map.of());
    assertThat(trackers).isNotEmpty();
    for (Tracker tracker : trackers) {
      assertThat(tracker.revision(nothing)).isEmpty();
      assertThat(tracker.recorded(List.of(nothing))).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void refuses_a_revision_that_it_does_not_know(ToolCase tool, On on) {
    try (TestDatabase database = on.database()) {
      tool.makeTable(database, on);
      tool.fill(database, on);
      TrackerHistory history = only(reading(database, Trackers::read));
      List<Match> matches = Trackers.match(history, Trackers.files(tool.tool(), tool.files()));
      for (Function<String, TrackerEdit> edit :
          List.<Function<String, TrackerEdit>>of(
              revision -> Trackers.resetTo(history, matches, revision),
              revision -> Trackers.mark(history, matches, revision))) {
        assertThatThrownBy(() -> edit.apply("no such \"one'"))
            .isInstanceOfSatisfying(
                PlumblineException.class,
                e -> {
                  assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
                  assertThat(e.what()).contains("no such \"one'").contains(tool.tool().label());
                  assertThat(e.safe()).isNotEmpty();
                  assertThat(e.next()).isNotEmpty();
                });
      }
    }
  }

  private static TrackerHistory only(List<TrackerHistory> histories) {
    assertThat(histories).hasSize(1);
    return histories.getFirst();
  }

  private static <T> T reading(TestDatabase database, Function<Session, T> reads) {
    try (Session session =
        Database.of(JdbcUrl.parse(database.url())).openForReading(Timeouts.READING)) {
      return session.transaction(() -> reads.apply(session));
    }
  }

  private static Session writing(TestDatabase database) {
    return Database.of(JdbcUrl.parse(database.url())).openForWriting(Timeouts.WRITING);
  }
}

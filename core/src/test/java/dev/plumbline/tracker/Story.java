package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Session;
import dev.plumbline.error.PlumblineException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is told of a tool's table and files, and what becomes of the table, as one text. */
final class Story {
  private static final Set<String> TIMES =
      Set.of(
          "applied",
          "dateexecuted",
          "executed_at",
          "finished_at",
          "installed_on",
          "migration_time",
          "rolled_back_at",
          "run_on",
          "started_at",
          "tstamp");

  /** Later than all times that cases have in their rows. */
  private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

  private static final Instant BEFORE_ALL = Instant.parse("2000-01-01T00:00:00Z");

  private final StringBuilder text = new StringBuilder();
  private final ToolCase tool;
  private final List<ToolFile> files;

  Story(ToolCase tool) {
    this.tool = tool;
    this.files = Trackers.files(tool.tool(), tool.files());
  }

  String text() {
    return text.toString();
  }

  Story files() {
    line("files");
    for (ToolFile file : files) {
      line(
          "  "
              + words(
                  file.revision(),
                  quoted(file.description()),
                  name(file) + (file.line() > 1 ? ":" + file.line() : ""),
                  file.sql().isPresent() ? "sql" : "",
                  file.checksum().map(sum -> "sum " + sum).orElse(""),
                  file.repeatable() ? "repeatable" : "",
                  file.after().isEmpty() ? "" : "after " + file.after(),
                  file.replaces().isEmpty() ? "" : "replaces " + file.replaces()));
    }
    Trackers.flaws(files).forEach(flaw -> line("  ! " + flaw));
    return this;
  }

  Story recorded(TrackerHistory history) {
    line("recorded");
    history.recorded().forEach(one -> line("  " + recorded(one)));
    history.lock().ifPresent(lock -> line("  lock: " + lock));
    return this;
  }

  private static String recorded(Recorded one) {
    return words(
        one.revision(),
        one.state().name(),
        quoted(one.description()),
        one.file().orElse(""),
        one.checksum().map(sum -> "sum " + sum).orElse(""),
        one.at().map(at -> "at " + at).orElse(""),
        one.statements().isEmpty() ? "" : one.statements().toString(),
        one.detail().isEmpty() ? "" : "(" + one.detail() + ")");
  }

  Story matched(TrackerHistory history) {
    line("matched");
    for (Match match : Trackers.match(history, files)) {
      line(
          "  "
              + words(
                  match.revision(),
                  match.recorded().map(r -> r.state().name()).orElse("pending"),
                  match.file().map(Story::name).orElse("no file"),
                  match.edited() ? "edited" : ""));
    }
    return this;
  }

  /**
   * Tries a step and takes it back.
   *
   * @param step {@code reset REVISION} or {@code mark REVISION}
   */
  Story step(Session session, String step) {
    line(step);
    try {
      session.transaction(
          () -> {
            carryOut(session, step);
            throw new TakenBack();
          });
    } catch (PlumblineException e) {
      line("  refused: " + e.what() + " " + e.next());
    } catch (TakenBack done) {
      // as intended
    }
    return this;
  }

  private void carryOut(Session session, String step) {
    TrackerHistory history = Trackers.read(session).getFirst();
    List<Match> matches = Trackers.match(history, files);
    String revision = step.substring(step.indexOf(' ') + 1);
    TrackerEdit edit =
        step.startsWith("reset")
            ? Trackers.resetTo(history, matches, revision)
            : Trackers.mark(history, matches, revision);
    edit.statements(session.dialect()).forEach(session::execute);
    TrackerHistory after = Trackers.read(session).getFirst();
    isAsAnnounced(history, matches, after, step, revision);
    List<String> before = history.rows().stream().map(Story::row).toList();
    List<String> now = after.rows().stream().map(Story::row).toList();
    before.stream().filter(row -> !now.contains(row)).forEach(row -> line("  - " + row));
    now.stream().filter(row -> !before.contains(row)).forEach(row -> line("  + " + given(row)));
  }

  /** Of what was to come all is done now, and of what was to go nothing. */
  private void isAsAnnounced(
      TrackerHistory before,
      List<Match> matches,
      TrackerHistory after,
      String step,
      String revision) {
    List<Match> done = Trackers.match(after, files).stream().filter(Match::isDone).toList();
    if (step.startsWith("reset")) {
      List<String> names = done.stream().map(Match::revision).toList();
      assertThat(Trackers.withdrawn(before, matches, revision))
          .extracting(Match::revision)
          .noneMatch(names::contains);
    } else {
      List<Optional<ToolFile>> doneFiles = done.stream().map(Match::file).toList();
      assertThat(Trackers.coming(before, matches, revision))
          .extracting(Match::file)
          .allMatch(doneFiles::contains);
    }
  }

  /** Numbers that the database gives out are not given twice. */
  private static String given(String row) {
    return row.contains("author=") ? row : row.replaceFirst("\\bid=\\d+(?=[,}])", "id=<id>");
  }

  /** Databases differ in how they write truths and times; times of writing differ by the run. */
  private static String row(TrackerRow row) {
    Map<String, String> values = new TreeMap<>();
    row.values()
        .forEach(
            (name, value) ->
                values.put(
                    name.toLowerCase(Locale.ROOT),
                    TIMES.contains(name.toLowerCase(Locale.ROOT))
                        ? time(row, name)
                        : plain(value)));
    if (values.containsKey("hash") && values.containsKey("created_at")) {
      values.remove("id"); // on SQLite, Drizzle leaves it empty
    }
    return values.toString();
  }

  private static String time(TrackerRow row, String column) {
    Instant at = row.at(column).orElseThrow();
    if (at.isBefore(BEFORE_ALL)) {
      return row.plain(column); // Atlas counts what was applied
    }
    return at.isAfter(LONG_AGO) ? "<now>" : at.toString();
  }

  private static String plain(String value) {
    if (value.matches("\\\\x[0-9a-f]*|x'[0-9A-F]*'")) {
      return value.replaceAll("^..|'$", "").toLowerCase(Locale.ROOT);
    }
    return value.equals("true") ? "1" : value.equals("false") ? "0" : value;
  }

  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static String name(ToolFile file) {
    Path parent = Optional.ofNullable(file.path().getParent()).orElseThrow();
    return parent.endsWith("files")
        ? file.path().getFileName().toString()
        : parent.getFileName() + "/" + file.path().getFileName();
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "" : '"' + text + '"';
  }

  private static String words(String... words) {
    return String.join(" ", List.of(words).stream().filter(word -> !word.isEmpty()).toList());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}

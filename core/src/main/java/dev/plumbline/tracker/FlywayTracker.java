package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Flyway's {@code flyway_schema_history} (5 and newer; {@code schema_version} before). A failure
 * that was rolled back leaves no row, so one with {@code success} false may have left a part of its
 * work. Repeatable migrations have no version and are known by their description; {@code
 * skipExecutingMigrations} writes the same rows as a run. Layout and meaning: Flyway 10's
 * documentation and source.
 */
final class FlywayTracker implements Tracker {
  private static final Pattern VERSIONED =
      Pattern.compile("(?<kind>[VB])(?<version>\\d[\\d._]*?)(?:__(?<words>.*))?\\.(?:sql|java|kt)");
  private static final Pattern REPEATABLE = Pattern.compile("R__(?<words>.+)\\.(?:sql|java|kt)");

  /** What runs again whenever it changes, after the versions. */
  private static final String REPEATED = "R__";

  /** What replaces versions up to its own. */
  private static final String CUMULATIVE = "B";

  @Override
  public Tool tool() {
    return Tool.FLYWAY;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("flyway_schema_history", "schema_version");
  }

  @Override
  public Set<String> columns() {
    return Set.of(
        "installed_rank",
        "version",
        "description",
        "type",
        "script",
        "checksum",
        "installed_by",
        "installed_on",
        "execution_time",
        "success");
  }

  @Override
  public List<String> order() {
    return List.of("installed_rank");
  }

  @Override
  public List<String> key() {
    return List.of("installed_rank");
  }

  /** The row that says which schemas Flyway made is about no migration. */
  @Override
  public Optional<String> revision(TrackerRow row) {
    String type = row.plain("type");
    if (type.equals("SCHEMA") || row.text("installed_rank").isEmpty()) {
      return Optional.empty();
    }
    if (row.text("version").isEmpty()) {
      return Optional.of(REPEATED + row.plain("description").replace(' ', '_'));
    }
    return Optional.of((type.endsWith("_BASELINE") ? CUMULATIVE : "") + row.plain("version"));
  }

  @Override
  public Recorded recorded(String revision, TrackerRow row) {
    String type = row.plain("type");
    Recorded recorded =
        Recorded.of(revision, State.APPLIED)
            .described(row.plain("description"))
            .inFile(row.text("script"))
            .summed(row.text("checksum"))
            .at(row.at("installed_on"));
    if (!row.isTrue("success")) {
      return recorded.as(State.FAILED, "failed outside of a transaction: a part may have stayed");
    }
    if (type.startsWith("UNDO_")) {
      return recorded.as(State.UNDONE, "taken back by " + row.plain("script"));
    }
    return switch (type) {
      case "DELETE" ->
          recorded.as(State.UNDONE, "withdrawn by flyway repair, as its file was gone");
      case "BASELINE", "INIT" -> recorded.as(State.BASELINE, "the baseline");
      case "SQL" -> recorded;
      default -> recorded.noted("type " + type);
    };
  }

  // --- the files ------------------------------------------------------------------------------

  @Override
  public List<String> usualFolders() {
    return List.of(
        "src/main/resources/db/migration", "db/migration", "migrations", "sql", "flyway/sql");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.below(
            folder, name -> VERSIONED.matcher(name).matches() || REPEATABLE.matcher(name).matches())
        .stream()
        .map(FlywayTracker::file)
        .sorted(inOrder())
        .toList();
  }

  private static ToolFile file(Path path) {
    String name = TrackerFiles.name(path);
    Matcher versioned = VERSIONED.matcher(name);
    Matcher repeatable = REPEATABLE.matcher(name);
    ToolFile file;
    if (versioned.matches()) {
      String prefix = versioned.group("kind").equals("B") ? CUMULATIVE : "";
      String version = versioned.group("version").replace('_', '.');
      file = ToolFile.of(prefix + version, words(versioned), path);
    } else if (repeatable.matches()) {
      file = ToolFile.of(REPEATED + repeatable.group("words"), words(repeatable), path).again();
    } else {
      throw new IllegalArgumentException("no file of Flyway's: " + path);
    }
    if (!name.endsWith(".sql")) {
      return file;
    }
    String text = TrackerFiles.text(path);
    return file.running(TrackerFiles.forward(Tool.FLYWAY, text)).summed(checksum(file, text));
  }

  private static String words(Matcher matcher) {
    return Optional.ofNullable(matcher.group("words")).orElse("").replace('_', ' ');
  }

  /** Of a repeatable one, Flyway sums the text with its placeholders replaced. */
  private static Optional<String> checksum(ToolFile file, String text) {
    return file.repeatable() && text.contains("${")
        ? Optional.empty()
        : Optional.of(Integer.toString(checksum(text)));
  }

  /** CRC-32 over the lines without their ends, and without a mark of the byte order. */
  private static int checksum(String text) {
    CRC32 sum = new CRC32();
    String unmarked = text.startsWith("\ufeff") ? text.substring(1) : text;
    try (BufferedReader lines = new BufferedReader(new StringReader(unmarked))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) sum.getValue();
  }

  /** By version; what is repeatable comes last, by description. */
  @Override
  public Comparator<ToolFile> inOrder() {
    return Comparator.comparing(ToolFile::repeatable)
        .thenComparing(file -> Version.of(file.repeatable() ? "" : file.revision()))
        .thenComparing(ToolFile::revision);
  }

  // --- both -----------------------------------------------------------------------------------

  @Override
  public String identity(String revision) {
    if (revision.startsWith(REPEATED)) {
      return revision;
    }
    return (revision.startsWith(CUMULATIVE) ? CUMULATIVE : "") + Version.of(revision);
  }

  /**
   * What lies at or below a baseline was not run, and a cumulative file is of use only to an empty
   * database.
   */
  @Override
  public List<Match> match(TrackerHistory history, List<ToolFile> files) {
    List<Match> matches = new ArrayList<>(Tracker.super.match(history, files));
    Optional<Version> baseline =
        history.recorded().stream()
            .filter(r -> r.state() == State.BASELINE || r.revision().startsWith(CUMULATIVE))
            .filter(r -> r.state().isDone())
            .map(r -> Version.of(r.revision()))
            .max(Comparator.naturalOrder());
    List<Match> below =
        matches.stream().filter(m -> baseline.filter(b -> isBelow(m, b)).isPresent()).toList();
    matches.removeAll(below);
    if (!history.recorded().isEmpty()) {
      matches.removeIf(m -> m.recorded().isEmpty() && m.revision().startsWith(CUMULATIVE));
    }
    return Stream.concat(below.stream().map(FlywayTracker::notRun), matches.stream()).toList();
  }

  private static boolean isBelow(Match match, Version baseline) {
    return match.recorded().isEmpty()
        && !match.revision().startsWith(REPEATED)
        && Version.of(match.revision()).compareTo(baseline) <= 0;
  }

  private static Match notRun(Match match) {
    Recorded below =
        Recorded.of(match.revision(), State.BASELINE).noted("at or below the baseline: never run");
    return new Match(Optional.of(below), match.file(), false);
  }

  /** A repeatable one that changed will run again: its record is older, not wrong. */
  @Override
  public boolean edited(Recorded recorded, ToolFile file) {
    return recorded.state() == State.APPLIED && Tracker.super.edited(recorded, file);
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    long rank =
        history.rows().stream()
            .mapToLong(row -> row.number("installed_rank").orElse(0))
            .max()
            .orElse(0);
    boolean versioned = !file.repeatable();
    String version = file.revision().replace(CUMULATIVE, "");
    return Map.of(
        "installed_rank", Value.of(rank + 1 + place),
        "version", versioned ? Value.of(version) : Value.none(),
        "description", Value.of(file.description()),
        "type", Value.of(type(file)),
        "script", Value.of(TrackerFiles.name(file.path())),
        "checksum", file.checksum().map(Value::of).orElseGet(Value::none),
        "installed_by", Value.of("plumbline"),
        "execution_time", Value.of(0),
        "success", Value.of(true));
  }

  private static String type(ToolFile file) {
    String language = file.sql().isPresent() ? "SQL" : "JDBC";
    return file.revision().startsWith(CUMULATIVE) ? language + "_BASELINE" : language;
  }
}

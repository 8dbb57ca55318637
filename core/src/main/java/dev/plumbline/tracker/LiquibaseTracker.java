package dev.plumbline.tracker;

import dev.plumbline.database.Session;
import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Liquibase's {@code databasechangelog} and its lock beside it, in small letters on PostgreSQL and
 * large ones on SQLite. A changeset is known by file, id and author, written here as Liquibase
 * does, {@code file::id::author}. {@code MARK_RAN} was not run; a failure has no row. Its checksums
 * depend on how Liquibase reads a change, and are not compared. Layout and meaning: Liquibase 4.33.
 */
final class LiquibaseTracker implements Tracker {
  private static final String SEPARATOR = "::";

  @Override
  public Tool tool() {
    return Tool.LIQUIBASE;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("databasechangelog");
  }

  @Override
  public Set<String> columns() {
    return Set.of(
        "id", "author", "filename", "dateexecuted", "orderexecuted", "exectype", "md5sum");
  }

  @Override
  public List<String> order() {
    return List.of("orderexecuted", "dateexecuted");
  }

  @Override
  public List<String> key() {
    return List.of("id", "author", "filename");
  }

  @Override
  public Optional<String> revision(TrackerRow row) {
    return row.text("id").isEmpty()
        ? Optional.empty()
        : Optional.of(revision(row.plain("filename"), row.plain("id"), row.plain("author")));
  }

  static String revision(String file, String id, String author) {
    return String.join(SEPARATOR, file, id, author);
  }

  @Override
  public Recorded recorded(String revision, TrackerRow row) {
    Recorded recorded =
        Recorded.of(revision, State.APPLIED)
            .described(row.plain("description"))
            .inFile(row.text("filename"))
            .summed(row.text("md5sum"))
            .at(row.at("dateexecuted"));
    return switch (row.plain("exectype")) {
      case "EXECUTED" -> recorded;
      case "RERAN" -> recorded.noted("run again since it changed");
      case "MARK_RAN" -> recorded.as(State.MARKED, "MARK_RAN: a precondition kept it from running");
      case "FAILED" -> recorded.as(State.FAILED, "FAILED");
      case "SKIPPED" -> recorded.as(State.UNDONE, "SKIPPED: it will be tried again");
      default -> recorded.noted("exectype " + row.plain("exectype"));
    };
  }

  @Override
  public Optional<String> lock(Session session, Table table, Neighbours neighbours) {
    return neighbours
        .find(table, "databasechangeloglock", "locked", "lockedby")
        .flatMap(
            lock ->
                Trackers.rows(session, lock, List.of("id")).stream()
                    .filter(row -> row.isTrue("locked"))
                    .findFirst())
        .map(row -> "Liquibase's lock is held by %s.".formatted(row.plain("lockedby")));
  }

  // --- the files ------------------------------------------------------------------------------

  @Override
  public List<String> usualFolders() {
    return List.of(
        "src/main/resources/db/changelog",
        "db/changelog",
        "changelog",
        "src/main/resources/liquibase");
  }

  /** By path: the order of includes in a main changelog is not read. */
  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.below(folder, LiquibaseFile::isOne).stream()
        .flatMap(path -> LiquibaseFile.changesets(folder, path).stream())
        .toList();
  }

  @Override
  public Comparator<ToolFile> inOrder() {
    return Comparator.comparing((ToolFile file) -> String.valueOf(file.path()))
        .thenComparing(ToolFile::line);
  }

  // --- both -----------------------------------------------------------------------------------

  /**
   * By id, author and as much of the path as both know: what is recorded begins where Liquibase was
   * told to search, the files where the folder does.
   */
  @Override
  public List<Match> match(TrackerHistory history, List<ToolFile> files) {
    List<Match> matches = new ArrayList<>();
    Set<ToolFile> found = new HashSet<>();
    Map<String, List<ToolFile>> byName = new HashMap<>();
    files.forEach(
        file -> byName.computeIfAbsent(name(file.revision()), n -> new ArrayList<>()).add(file));
    for (Recorded recorded : history.recorded()) {
      Optional<ToolFile> file =
          byName.getOrDefault(name(recorded.revision()), List.of()).stream()
              .filter(f -> !found.contains(f) && common(f, recorded) > 0)
              .max(Comparator.comparingInt(f -> common(f, recorded)));
      file.ifPresent(found::add);
      matches.add(new Match(Optional.of(recorded), file, false));
    }
    files.stream()
        .filter(file -> !found.contains(file))
        .forEach(file -> matches.add(new Match(Optional.empty(), Optional.of(file), false)));
    return matches;
  }

  /** The id and the author. */
  private static String name(String revision) {
    return revision.substring(revision.indexOf(SEPARATOR));
  }

  private static String path(String revision) {
    return revision.substring(0, revision.indexOf(SEPARATOR)).replaceFirst("^classpath:/*", "");
  }

  /** How many names at the ends of both paths are the same. */
  private static int common(ToolFile file, Recorded recorded) {
    String[] one = path(file.revision()).split("/");
    String[] other = path(recorded.revision()).split("/");
    int same = 0;
    while (same < Math.min(one.length, other.length)
        && one[one.length - 1 - same].equals(other[other.length - 1 - same])) {
      same++;
    }
    return same;
  }

  /** With those before it in its file; which files come before is for the main changelog to say. */
  @Override
  public List<Match> coming(TrackerHistory history, List<Match> matches, String revision) {
    Optional<Path> path = path(matches, revision);
    List<Match> ofFile =
        matches.stream().filter(match -> match.file().map(ToolFile::path).equals(path)).toList();
    return Revisions.upTo(history, path.isEmpty() ? matches : ofFile, revision, this);
  }

  private static Optional<Path> path(List<Match> matches, String revision) {
    return matches.stream()
        .filter(match -> match.revision().equals(revision))
        .flatMap(match -> match.file().stream())
        .map(ToolFile::path)
        .findFirst();
  }

  @Override
  public TrackerEdit mark(TrackerHistory history, List<Match> matches, String revision) {
    TrackerEdit edit = Tracker.super.mark(history, matches, revision);
    Optional<Path> path = path(matches, revision);
    String before = searchPath(matches);
    return new TrackerEdit(
        edit.table(),
        edit.key(),
        edit.delete(),
        edit.insert().stream()
            .map(row -> path.filter(p -> isBelow(p, row)).isPresent() ? searched(row, before) : row)
            .toList());
  }

  /** Whether the file that a row names is that path, and no logical one. */
  private static boolean isBelow(Path path, Map<String, Value> row) {
    return Optional.ofNullable(row.get("filename"))
        .filter(f -> path.endsWith(f.text()))
        .isPresent();
  }

  /** What Liquibase writes before the paths that begin at the folder. */
  private static String searchPath(List<Match> matches) {
    for (Match match : matches) {
      if (match.recorded().isPresent() && match.file().isPresent()) {
        String recorded =
            match.recorded().get().revision().substring(0, match.revision().indexOf(SEPARATOR));
        String here = path(match.file().get().revision());
        if (recorded.endsWith("/" + here)) {
          return recorded.substring(0, recorded.length() - here.length());
        }
      }
    }
    return "";
  }

  private static Map<String, Value> searched(Map<String, Value> row, String before) {
    Map<String, Value> whole = new HashMap<>(row);
    whole.computeIfPresent("filename", (name, file) -> Value.of(before + file.text()));
    return whole;
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    String[] parts = file.revision().split(SEPARATOR, 3);
    long order =
        history.rows().stream()
            .mapToLong(row -> row.number("orderexecuted").orElse(0))
            .max()
            .orElse(0);
    Map<String, Value> row = new HashMap<>();
    row.put("id", Value.of(parts[1]));
    row.put("author", Value.of(parts[2]));
    row.put("filename", Value.of(parts[0]));
    row.put("dateexecuted", Value.now());
    row.put("orderexecuted", Value.of(order + 1 + place));
    row.put("exectype", Value.of("MARK_RAN"));
    row.put("md5sum", Value.none());
    row.put("description", Value.of(file.description()));
    row.put("comments", Value.of("marked by Plumbline"));
    row.put("deployment_id", deployment(history));
    return row;
  }

  /** That of the newest row: it tells rows of one deployment from others', and nothing else. */
  private static Value deployment(TrackerHistory history) {
    return history.rows().stream()
        .flatMap(row -> row.text("deployment_id").stream())
        .reduce((first, second) -> second)
        .map(Value::of)
        .orElseGet(Value::none);
  }
}

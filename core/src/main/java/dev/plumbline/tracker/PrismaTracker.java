package dev.plumbline.tracker;

import dev.plumbline.dialect.Sha256;
import dev.plumbline.layout.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Prisma's {@code _prisma_migrations}: a row for each attempt. One that neither finished nor was
 * rolled back is running or has failed; one that finished without a step was marked by {@code
 * migrate resolve --applied}. Layout and meaning: Prisma 6's schema engine.
 */
final class PrismaTracker implements Tracker {
  private static final String SCRIPT = "migration.sql";

  @Override
  public Tool tool() {
    return Tool.PRISMA;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("_prisma_migrations");
  }

  @Override
  public Set<String> columns() {
    return Set.of(
        "id",
        "checksum",
        "finished_at",
        "migration_name",
        "logs",
        "rolled_back_at",
        "started_at",
        "applied_steps_count");
  }

  @Override
  public List<String> order() {
    return List.of("started_at", "migration_name");
  }

  @Override
  public List<String> key() {
    return List.of("id");
  }

  @Override
  public Optional<String> revision(TrackerRow row) {
    return row.text("migration_name");
  }

  @Override
  public Recorded recorded(String revision, TrackerRow row) {
    Recorded recorded =
        Recorded.of(revision, State.APPLIED)
            .inFile(Optional.of(revision + "/" + SCRIPT))
            .summed(row.text("checksum"))
            .at(row.at("finished_at").or(() -> row.at("started_at")));
    if (row.text("rolled_back_at").isPresent()) {
      return recorded.as(State.UNDONE, "prisma migrate resolve calls it rolled back");
    }
    if (row.text("finished_at").isEmpty()) {
      String logs = row.plain("logs").strip();
      return logs.isEmpty()
          ? recorded.as(State.HALF_DONE, "it began, and its end is not recorded")
          : recorded.as(State.FAILED, reason(logs));
    }
    return wasMarked(row)
        ? recorded.as(State.MARKED, "prisma migrate resolve --applied")
        : recorded;
  }

  /** Prisma's own words first, then the database's, which say more. */
  private static String reason(String logs) {
    List<String> lines = logs.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    int said = lines.indexOf("Database error:");
    return said >= 0 && said + 1 < lines.size() ? lines.get(said + 1) : lines.getFirst();
  }

  /** SQLite keeps milliseconds, within which a migration may well have run. */
  private static boolean wasMarked(TrackerRow row) {
    boolean atOnce =
        row.text("started_at").equals(row.text("finished_at"))
            && row.number("started_at").isEmpty();
    return row.number("applied_steps_count").orElse(0) == 0 || atOnce;
  }

  // --- the files ------------------------------------------------------------------------------

  @Override
  public List<String> usualFolders() {
    return List.of("prisma/migrations", "migrations", "db/prisma/migrations");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.below(folder, SCRIPT::equals).stream()
        .map(this::file)
        .sorted(inOrder())
        .toList();
  }

  private ToolFile file(Path path) {
    String name = TrackerFiles.folderName(path);
    return ToolFile.of(name, name.replaceFirst("^\\d+_?", "").replace('_', ' '), path)
        .running(TrackerFiles.forward(tool(), TrackerFiles.text(path)))
        .summed(Optional.of(TrackerFiles.hash("SHA-256", path)));
  }

  @Override
  public Comparator<ToolFile> inOrder() {
    return Comparator.comparing(ToolFile::revision);
  }

  // --- both -----------------------------------------------------------------------------------

  /** As Prisma itself, whatever the ends of the lines. */
  @Override
  public boolean edited(Recorded recorded, ToolFile file) {
    String text = file.sql().orElse("").replace("\r\n", "\n");
    return Tracker.super.edited(recorded, file)
        && Stream.of(text, text.replace("\n", "\r\n"))
            .noneMatch(t -> recorded.checksum().equals(Optional.of(Sha256.of(t))));
  }

  /** An attempt that did not end is called rolled back, beside the row that says applied. */
  @Override
  public TrackerEdit mark(TrackerHistory history, List<Match> matches, String revision) {
    List<Match> coming = coming(history, matches, revision);
    Set<String> names = new HashSet<>(coming.stream().map(Match::revision).toList());
    List<TrackerRow> open =
        history.rows().stream()
            .filter(row -> revision(row).filter(names::contains).isPresent())
            .filter(row -> row.text("rolled_back_at").isEmpty())
            .toList();
    List<Map<String, Value>> rows = new ArrayList<>();
    open.forEach(row -> rows.add(rolledBack(row)));
    coming.forEach(match -> rows.add(row(history, match.file().orElseThrow(), rows.size())));
    return new TrackerEdit(history.table(), key(), open.stream().map(this::key).toList(), rows);
  }

  private Map<String, Value> rolledBack(TrackerRow row) {
    Map<String, Value> values = new HashMap<>();
    columns()
        .forEach(
            column -> values.put(column, row.text(column).map(Value::of).orElseGet(Value::none)));
    values.put("rolled_back_at", Value.nowInMilliseconds());
    return values;
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return Map.of(
        "id", Value.of(UUID.randomUUID().toString()),
        "checksum", Value.of(file.checksum().orElseThrow()),
        "finished_at", Value.nowInMilliseconds(),
        "migration_name", Value.of(file.revision()),
        "logs", Value.none(),
        "rolled_back_at", Value.none(),
        "started_at", Value.nowInMilliseconds(),
        "applied_steps_count", Value.of(0));
  }
}

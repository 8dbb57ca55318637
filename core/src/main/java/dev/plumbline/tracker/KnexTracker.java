package dev.plumbline.tracker;

import dev.plumbline.database.Session;
import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Table;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knex's {@code knex_migrations}, whose names are those of files, and {@code knex_migrations_lock},
 * which stays set when a run is killed. It knows no failure. Layout and meaning: Knex 3's source.
 */
final class KnexTracker implements Tracker {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<revision>[^_]*_?(?<words>.*)\\.(?:[cm]?[jt]s|co|coffee|eg|iced|litcoffee|ls))"
              + "(?<!\\.d\\.ts)");

  @Override
  public Tool tool() {
    return Tool.KNEX;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("knex_migrations");
  }

  @Override
  public Set<String> columns() {
    return Set.of("id", "name", "batch", "migration_time");
  }

  @Override
  public List<String> order() {
    return key();
  }

  @Override
  public List<String> key() {
    return List.of("id");
  }

  @Override
  public Optional<String> revision(TrackerRow row) {
    return row.text("name");
  }

  @Override
  public Recorded recorded(String revision, TrackerRow row) {
    return Recorded.of(revision, State.APPLIED)
        .inFile(Optional.of(revision))
        .at(row.at("migration_time"))
        .noted("batch " + row.plain("batch"));
  }

  @Override
  public Optional<String> lock(Session session, Table table, Neighbours neighbours) {
    return neighbours
        .find(table, "knex_migrations_lock", "is_locked")
        .filter(
            lock ->
                Trackers.rows(session, lock, List.of("is_locked")).stream()
                    .anyMatch(row -> row.isTrue("is_locked")))
        .map(lock -> "Knex's lock is held, in " + lock.label() + ".");
  }

  @Override
  public List<String> usualFolders() {
    return List.of("migrations", "db/migrations", "src/migrations", "src/db/migrations");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.named(TrackerFiles.in(folder, name -> true), NAME, tool()).stream()
        .sorted(inOrder())
        .toList();
  }

  @Override
  public Comparator<ToolFile> inOrder() {
    return Comparator.comparing(ToolFile::revision);
  }

  /** What was written in TypeScript may have been recorded as JavaScript. */
  @Override
  public String identity(String revision) {
    return Extension.without(revision);
  }

  /** What is marked together makes a batch, as what runs together does. */
  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    long batch =
        history.rows().stream().mapToLong(row -> row.number("batch").orElse(0)).max().orElse(0);
    return Map.of(
        "name", Value.of(file.revision()),
        "batch", Value.of(batch + 1),
        "migration_time", Value.nowInMilliseconds());
  }
}

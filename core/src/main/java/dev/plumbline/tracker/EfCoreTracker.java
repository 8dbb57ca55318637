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
import java.util.stream.Stream;

/**
 * EF Core's {@code __EFMigrationsHistory}, its columns in its own case or in the one that naming
 * conventions make of it. It knows no failure. On SQLite, from version 9, it locks by a row in
 * {@code __EFMigrationsLock}. Layout and meaning: EF Core 9's documentation.
 */
final class EfCoreTracker implements Tracker {
  private static final Pattern NAME =
      Pattern.compile("(?<revision>\\d{14}_(?<words>[^.]+))\\.(?:cs|vb)");

  @Override
  public Tool tool() {
    return Tool.EF_CORE;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("__efmigrationshistory");
  }

  @Override
  public Set<String> columns() {
    return Set.of("MigrationId", "ProductVersion");
  }

  @Override
  public boolean recognises(Table table, Neighbours neighbours) {
    return Tracker.super.recognises(table, neighbours)
        || Stream.of("migration_id", "product_version")
            .allMatch(column -> table.findColumn(column).isPresent());
  }

  @Override
  public List<String> order() {
    return List.of("MigrationId", "migration_id");
  }

  @Override
  public List<String> key() {
    return List.of("MigrationId");
  }

  @Override
  public Optional<String> revision(TrackerRow row) {
    return row.text("MigrationId").or(() -> row.text("migration_id"));
  }

  @Override
  public List<Value> key(TrackerRow row) {
    return List.of(Value.of(revision(row).orElseThrow()));
  }

  @Override
  public Optional<String> lock(Session session, Table table, Neighbours neighbours) {
    return neighbours
        .find(table, "__EFMigrationsLock", "Id", "Timestamp")
        .flatMap(lock -> Trackers.rows(session, lock, List.of("Id")).stream().findFirst())
        .map(row -> "EF Core's lock is held since " + row.plain("Timestamp") + ".");
  }

  @Override
  public List<String> usualFolders() {
    return List.of("Migrations", "Data/Migrations", "Persistence/Migrations");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.named(
            TrackerFiles.below(folder, name -> name.endsWith(".cs") || name.endsWith(".vb")),
            NAME,
            tool())
        .stream()
        .sorted(inOrder())
        .toList();
  }

  @Override
  public Comparator<ToolFile> inOrder() {
    return Comparator.comparing(ToolFile::revision);
  }

  @Override
  public TrackerEdit resetTo(TrackerHistory history, List<Match> matches, String revision) {
    return named(history, Tracker.super.resetTo(history, matches, revision));
  }

  @Override
  public TrackerEdit mark(TrackerHistory history, List<Match> matches, String revision) {
    return named(history, Tracker.super.mark(history, matches, revision));
  }

  /** The same, by the column that the table has. */
  private static TrackerEdit named(TrackerHistory history, TrackerEdit edit) {
    boolean own = history.table().findColumn("MigrationId").isPresent();
    return new TrackerEdit(
        edit.table(), own ? edit.key() : List.of("migration_id"), edit.delete(), edit.insert());
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    String version =
        history.rows().stream()
            .map(row -> row.text("ProductVersion").or(() -> row.text("product_version")))
            .flatMap(Optional::stream)
            .reduce((first, second) -> second)
            .orElse("");
    boolean own = history.table().findColumn("MigrationId").isPresent();
    return Map.of(
        own ? "MigrationId" : "migration_id", Value.of(file.revision()),
        own ? "ProductVersion" : "product_version", Value.of(version));
  }
}

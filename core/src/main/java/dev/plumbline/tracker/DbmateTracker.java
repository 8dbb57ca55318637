package dev.plumbline.tracker;

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
 * dbmate's {@code schema_migrations}, which holds versions and nothing else. It knows no failure: a
 * file that failed has no row, even where it left a part of its work ({@code transaction:false}).
 * Layout and meaning: dbmate 2's documentation.
 */
final class DbmateTracker implements Tracker {
  private static final Pattern NAME = Pattern.compile("(?<revision>\\d+)_?(?<words>.*?)\\.sql");

  @Override
  public Tool tool() {
    return Tool.DBMATE;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("schema_migrations");
  }

  @Override
  public Set<String> columns() {
    return Set.of("version");
  }

  @Override
  public boolean recognises(Table table, Neighbours neighbours) {
    return table.columns().size() == 1
        && Tracker.super.recognises(table, neighbours)
        && neighbours.find(table, "ar_internal_metadata").isEmpty();
  }

  @Override
  public List<String> order() {
    return key();
  }

  @Override
  public List<String> key() {
    return List.of("version");
  }

  @Override
  public Optional<String> revision(TrackerRow row) {
    return row.text("version");
  }

  @Override
  public List<String> usualFolders() {
    return List.of("db/migrations", "migrations");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.named(TrackerFiles.in(folder, name -> name.endsWith(".sql")), NAME, tool())
        .stream()
        .sorted(inOrder())
        .toList();
  }

  /** By the whole name, as text. */
  @Override
  public Comparator<ToolFile> inOrder() {
    return Comparator.comparing(file -> TrackerFiles.name(file.path()));
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return Map.of("version", Value.of(file.revision()));
  }
}

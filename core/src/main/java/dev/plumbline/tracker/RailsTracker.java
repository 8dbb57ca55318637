package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rails' {@code schema_migrations}, which holds versions and nothing else; what tells it from
 * dbmate's is {@code ar_internal_metadata} beside it. It knows no failure, and loading a schema
 * dump records all its versions. Layout and meaning: Rails 7's guide to Active Record migrations.
 */
final class RailsTracker implements Tracker {
  private static final Pattern NAME = Pattern.compile("(?<revision>\\d+)_(?<words>\\w+)\\.rb");

  @Override
  public Tool tool() {
    return Tool.RAILS;
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
        && neighbours.find(table, "ar_internal_metadata", "key", "value").isPresent();
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
    return List.of("db/migrate");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.named(
            TrackerFiles.below(folder, name -> name.endsWith(".rb")), NAME, tool())
        .stream()
        .map(file -> file.recordedAs(identity(file.revision())))
        .sorted(inOrder())
        .toList();
  }

  /** Rails reads a version as a number. */
  @Override
  public String identity(String revision) {
    return Version.of(revision).toString();
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return Map.of("version", Value.of(identity(file.revision())));
  }
}

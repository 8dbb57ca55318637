package dev.plumbline.tracker;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Supabase's {@code supabase_migrations.schema_migrations}, which keeps the statements that ran, so
 * that a file can be compared with them. It knows no failure, and {@code migration repair} writes
 * the same rows as a run. PostgreSQL only. Layout and meaning: the source of Supabase's command
 * line 2.
 */
final class SupabaseTracker implements Tracker {
  private static final Pattern NAME = Pattern.compile("(?<revision>\\d+)_(?<words>.*)\\.sql");

  @Override
  public Tool tool() {
    return Tool.SUPABASE;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("schema_migrations");
  }

  @Override
  public Set<String> columns() {
    return Set.of("version", "statements", "name");
  }

  @Override
  public boolean recognises(Table table, Neighbours neighbours) {
    return table.schema().equals("supabase_migrations")
        && Tracker.super.recognises(table, neighbours);
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
  public Recorded recorded(String revision, TrackerRow row) {
    return Recorded.of(revision, State.APPLIED)
        .described(row.plain("name").replace('_', ' '))
        .ran(row.text("statements").map(ArrayText::read).orElse(List.of()));
  }

  @Override
  public List<String> usualFolders() {
    return List.of("supabase/migrations");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.named(TrackerFiles.in(folder, name -> name.endsWith(".sql")), NAME, tool())
        .stream()
        .sorted(inOrder())
        .toList();
  }

  /** Blanks, comments and the ends of statements do not count. */
  @Override
  public boolean edited(Recorded recorded, ToolFile file) {
    return !recorded.statements().isEmpty()
        && file.sql().isPresent()
        && !code(String.join(";\n", recorded.statements())).equals(code(file.sql().get()));
  }

  private static String code(String sql) {
    SqlScan scan = SqlScan.of(sql);
    return scan.code().stream()
        .map(scan::text)
        .filter(word -> !word.equals(";"))
        .collect(Collectors.joining(" "));
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return Map.of(
        "version", Value.of(file.revision()),
        "name", Value.of(file.description().replace(' ', '_')),
        "statements", Value.of(ArrayText.write(List.of(file.sql().orElse("")))));
  }
}

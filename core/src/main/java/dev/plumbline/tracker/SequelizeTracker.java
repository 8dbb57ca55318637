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
 * Sequelize's {@code SequelizeMeta}, whose names are those of files. It knows no failure. Layout
 * and meaning: sequelize-cli 6 and its storage in umzug 2.
 */
final class SequelizeTracker implements Tracker {
  private static final Pattern NAME =
      Pattern.compile("(?<revision>\\d*-?(?<words>.*)\\.[cm]?[jt]s)(?<!\\.d\\.ts)");

  /** With {@code timestamps: true} there are two columns more. */
  private static final Set<String> KNOWN = Set.of("name", "createdAt", "updatedAt");

  @Override
  public Tool tool() {
    return Tool.SEQUELIZE;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("sequelizemeta");
  }

  @Override
  public Set<String> columns() {
    return Set.of("name");
  }

  @Override
  public boolean recognises(Table table, Neighbours neighbours) {
    return Tracker.super.recognises(table, neighbours) && KNOWN.containsAll(table.columnNames());
  }

  @Override
  public List<String> order() {
    return key();
  }

  @Override
  public List<String> key() {
    return List.of("name");
  }

  @Override
  public Optional<String> revision(TrackerRow row) {
    return row.text("name");
  }

  @Override
  public Recorded recorded(String revision, TrackerRow row) {
    return Recorded.of(revision, State.APPLIED)
        .inFile(Optional.of(revision))
        .at(row.at("createdAt"));
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

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return Map.of(
        "name", Value.of(file.revision()),
        "createdAt", Value.now(),
        "updatedAt", Value.now());
  }
}

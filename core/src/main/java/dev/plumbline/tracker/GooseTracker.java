package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * goose's {@code goose_db_version}: a row for each way up and, before version 3, each way down; the
 * newest one of a version counts, and version 0 is only the beginning. It knows no failure. Layout
 * and meaning: goose 3's source.
 */
final class GooseTracker implements Tracker {
  private static final Pattern NAME =
      Pattern.compile("(?<revision>\\d+)_(?<words>.*)\\.(?:sql|go)");

  @Override
  public Tool tool() {
    return Tool.GOOSE;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("goose_db_version");
  }

  @Override
  public Set<String> columns() {
    return Set.of("id", "version_id", "is_applied", "tstamp");
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
    return row.text("version_id").filter(version -> !version.equals("0"));
  }

  @Override
  public Recorded recorded(String revision, TrackerRow row) {
    Recorded recorded = Recorded.of(revision, State.APPLIED).at(row.at("tstamp"));
    return row.isTrue("is_applied")
        ? recorded
        : recorded.as(State.UNDONE, "goose down took it back");
  }

  @Override
  public List<String> usualFolders() {
    return List.of("migrations", "db/migrations", "sql/migrations", "sql/schema");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.named(
            TrackerFiles.in(folder, name -> !name.endsWith("_test.go")), NAME, tool())
        .stream()
        .map(file -> file.recordedAs(identity(file.revision())))
        .sorted(inOrder())
        .toList();
  }

  @Override
  public String identity(String revision) {
    return Version.of(revision).toString();
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return Map.of(
        "version_id",
        Value.of(identity(file.revision())),
        "is_applied",
        Value.of(true),
        "tstamp",
        Value.now());
  }
}

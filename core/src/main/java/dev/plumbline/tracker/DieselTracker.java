package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * diesel's {@code __diesel_schema_migrations}. A version is the beginning of a folder's name
 * without its dashes. It knows no failure. Layout and meaning: diesel 2's source.
 */
final class DieselTracker implements Tracker {

  @Override
  public Tool tool() {
    return Tool.DIESEL;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("__diesel_schema_migrations");
  }

  @Override
  public Set<String> columns() {
    return Set.of("version", "run_on");
  }

  @Override
  public List<String> order() {
    return List.of("run_on", "version");
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
    return Recorded.of(revision, State.APPLIED).at(row.at("run_on"));
  }

  @Override
  public List<String> usualFolders() {
    return List.of("migrations", "diesel/migrations");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.below(folder, name -> name.equals("up.sql")).stream()
        .map(this::file)
        .sorted(inOrder())
        .toList();
  }

  private ToolFile file(Path path) {
    String[] parts = TrackerFiles.folderName(path).split("_", 2);
    String words = parts.length > 1 ? parts[1].replace('_', ' ') : "";
    return ToolFile.of(identity(parts[0]), words, path)
        .running(TrackerFiles.forward(tool(), TrackerFiles.text(path)));
  }

  @Override
  public Comparator<ToolFile> inOrder() {
    return Comparator.comparing(ToolFile::revision);
  }

  @Override
  public String identity(String revision) {
    return revision.replace("-", "");
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return Map.of("version", Value.of(file.revision()));
  }
}

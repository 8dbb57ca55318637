package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Drizzle's {@code __drizzle_migrations}: the hash of each file, and in {@code created_at} the time
 * that the journal beside the files gives for it. It skips, without a word, any file that is older
 * than the newest row. It knows no failure. On SQLite the column {@code id} stays empty. Layout and
 * meaning: drizzle-orm 0.45's source.
 */
final class DrizzleTracker implements Tracker {
  private static final String JOURNAL = "meta/_journal.json";

  @Override
  public Tool tool() {
    return Tool.DRIZZLE;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("__drizzle_migrations");
  }

  @Override
  public Set<String> columns() {
    return Set.of("id", "hash", "created_at");
  }

  @Override
  public List<String> order() {
    return List.of("created_at", "hash");
  }

  @Override
  public List<String> key() {
    return List.of("hash", "created_at");
  }

  /** Only the journal beside the files knows a name. */
  @Override
  public Optional<String> revision(TrackerRow row) {
    return row.text("hash").isPresent() ? row.text("created_at") : Optional.empty();
  }

  @Override
  public Recorded recorded(String revision, TrackerRow row) {
    return Recorded.of(revision, State.APPLIED).summed(row.text("hash")).at(row.at("created_at"));
  }

  // --- the files ------------------------------------------------------------------------------

  @Override
  public List<String> usualFolders() {
    return List.of("drizzle", "drizzle/migrations", "src/db/migrations", "migrations");
  }

  /**
   * Those that the journal names, by their time there: Drizzle runs what is newer than the newest
   * recorded, so one that was merged late is passed over for good.
   */
  @Override
  public List<ToolFile> files(Path folder) {
    Path journal = folder.resolve(JOURNAL);
    if (!Files.isRegularFile(journal)) {
      return List.of();
    }
    List<ToolFile> files = new ArrayList<>();
    for (Map<?, ?> entry : entries(TrackerFiles.text(journal))) {
      String tag = String.valueOf(entry.get("tag"));
      Path path = folder.resolve(tag + ".sql");
      if (Files.isRegularFile(path)) {
        files.add(
            ToolFile.of(tag, tag.replaceFirst("^\\d+_", "").replace('_', ' '), path)
                .running(TrackerFiles.forward(tool(), TrackerFiles.text(path)))
                .summed(Optional.of(TrackerFiles.hash("SHA-256", path)))
                .following(List.of(), List.of(String.valueOf(entry.get("when")))));
      }
    }
    files.sort(Comparator.comparingLong(DrizzleTracker::time));
    return files;
  }

  /** One without a time is none that Drizzle would run after another. */
  private static long time(ToolFile file) {
    String when = file.replaces().getFirst();
    return when.matches("\\d{1,18}") ? Long.parseLong(when) : 0;
  }

  private static List<Map<?, ?>> entries(String journal) {
    List<Map<?, ?>> entries = new ArrayList<>();
    if (load(journal) instanceof Map<?, ?> map && map.get("entries") instanceof List<?> list) {
      for (Object entry : list) {
        if (entry instanceof Map<?, ?> one) {
          entries.add(one);
        }
      }
    }
    return entries;
  }

  /** JSON is YAML; what is neither names no files. */
  private static Object load(String journal) {
    try {
      return Optional.ofNullable(new Load(LoadSettings.builder().build()).loadFromString(journal))
          .orElse("");
    } catch (YamlEngineException broken) {
      return "";
    }
  }

  // --- both -----------------------------------------------------------------------------------

  /** By the hash; a file that changed since is known by its time. */
  @Override
  public List<Match> match(TrackerHistory history, List<ToolFile> files) {
    List<Match> matches = new ArrayList<>();
    Set<String> found = new HashSet<>();
    for (Recorded recorded : history.recorded()) {
      Optional<ToolFile> same =
          files.stream().filter(file -> recorded.checksum().equals(file.checksum())).findFirst();
      Optional<ToolFile> sameTime =
          files.stream().filter(file -> file.replaces().contains(recorded.revision())).findFirst();
      Optional<ToolFile> file = same.or(() -> sameTime);
      file.ifPresent(f -> found.add(f.revision()));
      matches.add(
          new Match(
              Optional.of(file.map(f -> named(recorded, f)).orElse(recorded)),
              file,
              same.isEmpty() && sameTime.isPresent()));
    }
    files.stream()
        .filter(file -> !found.contains(file.revision()))
        .forEach(file -> matches.add(new Match(Optional.empty(), Optional.of(file), false)));
    return matches;
  }

  /** The record by the name that people know; its time stays in the detail. */
  private static Recorded named(Recorded recorded, ToolFile file) {
    return new Recorded(
        file.revision(),
        file.description(),
        recorded.state(),
        Optional.of(TrackerFiles.name(file.path())),
        recorded.checksum(),
        recorded.at(),
        recorded.statements(),
        "created_at " + recorded.revision());
  }

  @Override
  public TrackerEdit resetTo(TrackerHistory history, List<Match> matches, String revision) {
    Set<Optional<String>> going = new HashSet<>();
    withdrawn(history, matches, revision).stream()
        .flatMap(match -> match.recorded().stream())
        .forEach(recorded -> going.add(recorded.checksum()));
    return new TrackerEdit(
        history.table(),
        key(),
        history.rows().stream()
            .filter(row -> revision(row).isPresent() && going.contains(row.text("hash")))
            .map(this::key)
            .toList(),
        List.of());
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return Map.of(
        "hash", Value.of(file.checksum().orElseThrow()),
        "created_at", Value.of(file.replaces().getFirst()));
  }
}

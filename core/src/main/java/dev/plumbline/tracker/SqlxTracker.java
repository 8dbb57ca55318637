package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * sqlx's {@code _sqlx_migrations}. A row without {@code success} is one whose end was not recorded.
 * Layout and meaning: sqlx 0.8's source.
 */
final class SqlxTracker implements Tracker {
  private static final Pattern NAME =
      Pattern.compile("(?<revision>\\d+)_(?<words>.*?)(?:\\.up)?\\.sql");

  /** As PostgreSQL writes bytes, and as Plumbline writes SQLite's. */
  private static final Pattern BYTES = Pattern.compile("(?:\\\\x|x')([0-9A-Fa-f]*)'?");

  @Override
  public Tool tool() {
    return Tool.SQLX;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("_sqlx_migrations");
  }

  @Override
  public Set<String> columns() {
    return Set.of(
        "version", "description", "installed_on", "success", "checksum", "execution_time");
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
    Recorded recorded =
        Recorded.of(revision, State.APPLIED)
            .described(row.plain("description"))
            .summed(row.text("checksum").flatMap(SqlxTracker::hexadecimal))
            .at(row.at("installed_on"));
    return row.isTrue("success")
        ? recorded
        : recorded.as(State.HALF_DONE, "it began, and its success is not recorded");
  }

  private static Optional<String> hexadecimal(String bytes) {
    Matcher matcher = BYTES.matcher(bytes);
    return matcher.matches()
        ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  @Override
  public List<String> usualFolders() {
    return List.of("migrations", "db/migrations");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.named(
            TrackerFiles.in(folder, name -> name.endsWith(".sql") && !name.endsWith(".down.sql")),
            NAME,
            tool())
        .stream()
        .map(file -> file.summed(Optional.of(TrackerFiles.hash("SHA-384", file.path()))))
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
        "version", Value.of(identity(file.revision())),
        "description", Value.of(file.description()),
        "success", Value.of(true),
        "checksum", new Value.Bytes(file.checksum().orElseThrow()),
        "execution_time", Value.of(0));
  }
}

package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Table;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * TypeORM's {@code migrations}. A migration is a class, and its name ends in the thirteen digits of
 * its timestamp. It knows no failure. Layout and meaning: TypeORM 0.3's source.
 */
final class TypeOrmTracker implements Tracker {
  private static final Pattern FILE = Pattern.compile(".*\\.[cm]?[jt]s(?<!\\.d\\.[cm]?ts)");
  private static final Pattern NAMED = Pattern.compile("\\bname\\s*=\\s*['\"`](\\w+\\d{13})['\"`]");
  private static final Pattern CLASS = Pattern.compile("\\bclass\\s+(\\w+\\d{13})\\b");
  private static final Pattern TIMESTAMP = Pattern.compile("(\\w*?)(\\d{13})");

  @Override
  public Tool tool() {
    return Tool.TYPEORM;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("migrations", "typeorm_migrations");
  }

  @Override
  public Set<String> columns() {
    return Set.of("id", "timestamp", "name");
  }

  @Override
  public boolean recognises(Table table, Neighbours neighbours) {
    return table.columns().size() == 3 && Tracker.super.recognises(table, neighbours);
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
  public List<String> usualFolders() {
    return List.of(
        "migrations", "src/migrations", "src/migration", "migration", "src/database/migrations");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.below(folder, name -> FILE.matcher(name).matches()).stream()
        .flatMap(path -> file(path).stream())
        .sorted(inOrder())
        .toList();
  }

  /** A file that names no class with a timestamp is no migration. */
  private static Optional<ToolFile> file(Path path) {
    String text = TrackerFiles.text(path);
    return Stream.of(NAMED, CLASS)
        .map(pattern -> pattern.matcher(text))
        .filter(Matcher::find)
        .findFirst()
        .map(matcher -> ToolFile.of(matcher.group(1), words(matcher.group(1)), path));
  }

  private static String words(String name) {
    return TIMESTAMP.matcher(name).replaceFirst("$1");
  }

  @Override
  public Comparator<ToolFile> inOrder() {
    return Comparator.comparing((ToolFile file) -> timestamp(file.revision()))
        .thenComparing(ToolFile::revision);
  }

  private static String timestamp(String name) {
    return name.substring(Math.max(0, name.length() - 13));
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return Map.of(
        "timestamp", Value.of(Long.parseLong(timestamp(file.revision()))),
        "name", Value.of(file.revision()));
  }
}

package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * golang-migrate's {@code schema_migrations}: one row, the version that the database is at. All
 * files up to it count as applied. {@code dirty} says that the way to that version began and did
 * not end: the file of that version forward, or the one after it backward. Layout and meaning:
 * golang-migrate 4's source.
 */
final class GolangMigrateTracker implements Tracker {
  private static final Pattern NAME = Pattern.compile("(?<revision>\\d+)_(?<words>.*)\\.up\\.sql");

  @Override
  public Tool tool() {
    return Tool.GOLANG_MIGRATE;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("schema_migrations");
  }

  @Override
  public Set<String> columns() {
    return Set.of("version", "dirty");
  }

  @Override
  public boolean recognises(Table table, Neighbours neighbours) {
    return table.columns().size() == 2 && Tracker.super.recognises(table, neighbours);
  }

  @Override
  public List<String> order() {
    return key();
  }

  @Override
  public List<String> key() {
    return List.of("version");
  }

  /** A version below 0 stands for none. */
  @Override
  public Optional<String> revision(TrackerRow row) {
    return row.text("version").filter(version -> !version.startsWith("-"));
  }

  @Override
  public Recorded recorded(String revision, TrackerRow row) {
    Recorded recorded = Recorded.of(revision, State.APPLIED);
    return row.isTrue("dirty")
        ? recorded.as(
            State.HALF_DONE,
            "dirty: it began and did not end, or taking back the next one did not end")
        : recorded;
  }

  @Override
  public List<String> usualFolders() {
    return List.of("db/migrations", "migrations", "db/migration", "database/migrations");
  }

  @Override
  public List<ToolFile> files(Path folder) {
    return TrackerFiles.named(
            TrackerFiles.in(folder, name -> name.endsWith(".up.sql")), NAME, tool())
        .stream()
        .map(file -> file.recordedAs(identity(file.revision())))
        .sorted(inOrder())
        .toList();
  }

  @Override
  public String identity(String revision) {
    return Version.of(revision).toString();
  }

  /** What lies before the version in the row was applied, though nothing else says so. */
  @Override
  public List<Match> match(TrackerHistory history, List<ToolFile> files) {
    List<Match> matches = new ArrayList<>();
    Optional<Recorded> newest = history.recorded().stream().findFirst();
    newest.ifPresent(
        now ->
            files.stream()
                .filter(file -> version(file.revision()).compareTo(version(now.revision())) < 0)
                .forEach(
                    file ->
                        matches.add(
                            new Match(Optional.of(before(file, now)), Optional.of(file), false))));
    matches.addAll(
        Tracker.super.match(
            history,
            files.stream()
                .filter(
                    file ->
                        newest.isEmpty()
                            || version(file.revision()).compareTo(version(newest.get().revision()))
                                >= 0)
                .toList()));
    return matches;
  }

  private static Recorded before(ToolFile file, Recorded now) {
    return Recorded.of(file.revision(), State.APPLIED)
        .described(file.description())
        .noted("it comes before " + now.revision());
  }

  private static Version version(String revision) {
    return Version.of(revision);
  }

  /** The one row becomes another, as {@code force} would have it. */
  @Override
  public TrackerEdit resetTo(TrackerHistory history, List<Match> matches, String revision) {
    int place = Revisions.done(history, matches, revision, this);
    return place < 0
        ? rows(history, List.of())
        : rows(history, List.of(at(matches.get(place).revision())));
  }

  @Override
  public TrackerEdit mark(TrackerHistory history, List<Match> matches, String revision) {
    return coming(history, matches, revision).isEmpty()
        ? new TrackerEdit(history.table(), key(), List.of(), List.of())
        : rows(history, List.of(at(revision)));
  }

  private TrackerEdit rows(TrackerHistory history, List<Map<String, Value>> coming) {
    List<List<Value>> going =
        history.rows().stream()
            .flatMap(row -> row.text("version").stream())
            .map(version -> List.of(Value.of(version)))
            .toList();
    return new TrackerEdit(history.table(), key(), going, coming);
  }

  private Map<String, Value> at(String revision) {
    return Map.of("version", Value.of(identity(revision)), "dirty", Value.of(false));
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return at(file.revision());
  }
}

package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Alembic's {@code alembic_version}, which holds the heads only: what was applied is what they
 * build on, by {@code down_revision} and {@code depends_on} in the version files. It knows no
 * failure, and {@code stamp} writes the same rows as a run. Layout and meaning: Alembic 1.13's
 * documentation.
 */
final class AlembicTracker implements Tracker {

  @Override
  public Tool tool() {
    return Tool.ALEMBIC;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("alembic_version");
  }

  @Override
  public Set<String> columns() {
    return Set.of("version_num");
  }

  @Override
  public boolean recognises(Table table, Neighbours neighbours) {
    return table.columns().size() == 1 && Tracker.super.recognises(table, neighbours);
  }

  @Override
  public List<String> order() {
    return key();
  }

  @Override
  public List<String> key() {
    return List.of("version_num");
  }

  @Override
  public Optional<String> revision(TrackerRow row) {
    return row.text("version_num");
  }

  // --- the files ------------------------------------------------------------------------------

  @Override
  public List<String> usualFolders() {
    return List.of("alembic/versions", "migrations/versions", "versions", "migrations", "alembic");
  }

  /** Each after those it builds on. */
  @Override
  public List<ToolFile> files(Path folder) {
    return ordered(
        TrackerFiles.below(folder, name -> name.endsWith(".py")).stream()
            .flatMap(path -> file(path).stream())
            .toList());
  }

  /** A file is a version's if it says which it is, and what it comes after. */
  private static Optional<ToolFile> file(Path path) {
    PythonModule module = PythonModule.of(TrackerFiles.text(path));
    if (!module.assigns("down_revision")) {
      return Optional.empty();
    }
    return module.texts("revision").stream()
        .findFirst()
        .map(
            revision ->
                ToolFile.of(revision, module.docstring().lines().findFirst().orElse(""), path)
                    .following(
                        Stream.of("down_revision", "depends_on")
                            .flatMap(name -> module.texts(name).stream())
                            .distinct()
                            .toList(),
                        List.of()));
  }

  /** A revision may be named by its beginning, if that is one's only. */
  private static List<ToolFile> ordered(List<ToolFile> files) {
    List<String> known = files.stream().map(ToolFile::revision).toList();
    return Ancestry.of(
            files.stream()
                .map(
                    file ->
                        file.following(
                            file.after().stream().map(name -> whole(name, known)).toList(),
                            List.of()))
                .toList())
        .ordered();
  }

  private static String whole(String name, List<String> known) {
    List<String> found = known.stream().filter(revision -> revision.startsWith(name)).toList();
    return !known.contains(name) && found.size() == 1 ? found.getFirst() : name;
  }

  // --- both -----------------------------------------------------------------------------------

  /** The heads, and all that they build on. */
  @Override
  public List<Match> match(TrackerHistory history, List<ToolFile> files) {
    Ancestry ancestry = Ancestry.of(files);
    List<String> heads = history.recorded().stream().map(Recorded::revision).toList();
    Set<String> applied = ancestry.withAncestors(heads);
    List<Match> matches = new ArrayList<>();
    applied.stream()
        .filter(revision -> ancestry.file(revision).isEmpty())
        .forEach(
            revision ->
                matches.add(
                    new Match(Optional.of(recorded(revision, heads)), Optional.empty(), false)));
    ancestry.ordered().stream()
        .filter(file -> applied.contains(file.revision()))
        .forEach(
            file ->
                matches.add(
                    new Match(
                        Optional.of(recorded(file.revision(), heads).described(file.description())),
                        Optional.of(file),
                        false)));
    ancestry.ordered().stream()
        .filter(file -> !applied.contains(file.revision()))
        .forEach(file -> matches.add(new Match(Optional.empty(), Optional.of(file), false)));
    return matches;
  }

  private static Recorded recorded(String revision, List<String> heads) {
    Recorded recorded = Recorded.of(revision, State.APPLIED);
    return heads.contains(revision) ? recorded : recorded.noted("a later one builds on it");
  }

  /** All that builds on the revision. */
  @Override
  public List<Match> withdrawn(TrackerHistory history, List<Match> matches, String revision) {
    int place = Revisions.done(history, matches, revision, this);
    Ancestry ancestry = ancestry(matches);
    return matches.stream()
        .filter(Match::isDone)
        .filter(match -> place < 0 || isAbove(ancestry, match.revision(), revision))
        .toList();
  }

  private static boolean isAbove(Ancestry ancestry, String other, String revision) {
    return !other.equals(revision) && ancestry.withAncestors(List.of(other)).contains(revision);
  }

  /** What then has nothing on top of it is a head. */
  @Override
  public TrackerEdit resetTo(TrackerHistory history, List<Match> matches, String revision) {
    Set<String> staying = applied(matches);
    withdrawn(history, matches, revision).forEach(match -> staying.remove(match.revision()));
    return heads(history, ancestry(matches).heads(staying));
  }

  /** The revision, and what it builds on. */
  @Override
  public List<Match> coming(TrackerHistory history, List<Match> matches, String revision) {
    Ancestry ancestry = ancestry(matches);
    if (ancestry.file(revision).isEmpty()) {
      throw Revisions.unknown(history, revision, matches);
    }
    Set<String> coming = ancestry.withAncestors(List.of(revision));
    return matches.stream()
        .filter(match -> !match.isDone() && coming.contains(match.revision()))
        .toList();
  }

  @Override
  public TrackerEdit mark(TrackerHistory history, List<Match> matches, String revision) {
    Set<String> applied = applied(matches);
    coming(history, matches, revision).forEach(match -> applied.add(match.revision()));
    return heads(history, ancestry(matches).heads(applied));
  }

  private static Ancestry ancestry(List<Match> matches) {
    return Ancestry.of(matches.stream().flatMap(match -> match.file().stream()).toList());
  }

  private static Set<String> applied(List<Match> matches) {
    Set<String> applied = new LinkedHashSet<>();
    matches.stream().filter(Match::isDone).map(Match::revision).forEach(applied::add);
    return applied;
  }

  private TrackerEdit heads(TrackerHistory history, List<String> heads) {
    List<String> now = history.recorded().stream().map(Recorded::revision).toList();
    return new TrackerEdit(
        history.table(),
        key(),
        now.stream().filter(h -> !heads.contains(h)).map(h -> List.of(Value.of(h))).toList(),
        heads.stream().filter(h -> !now.contains(h)).map(AlembicTracker::head).toList());
  }

  private static Map<String, Value> head(String revision) {
    return Map.of("version_num", Value.of(revision));
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    return head(file.revision());
  }
}

package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Django's {@code django_migrations}, for all apps of a project. It knows no failure, and {@code
 * --fake} writes the same rows as a run. A revision is written as Django does, {@code app.name}.
 * What was squashed stands for the migrations that it replaces. Layout and meaning: Django 5's
 * source.
 */
final class DjangoTracker implements Tracker {
  private static final Pattern PAIR =
      Pattern.compile("\\(\\s*['\"](\\w+)['\"]\\s*,\\s*['\"](\\w+)['\"]\\s*,?\\s*\\)");

  /** The app's migrations come with a package. */
  static final String OTHER_PACKAGE = "of an app whose migrations are not in this folder";

  @Override
  public Tool tool() {
    return Tool.DJANGO;
  }

  @Override
  public Set<String> tableNames() {
    return Set.of("django_migrations");
  }

  @Override
  public Set<String> columns() {
    return Set.of("id", "app", "name", "applied");
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
    return row.text("app").flatMap(app -> row.text("name").map(name -> app + "." + name));
  }

  @Override
  public Recorded recorded(String revision, TrackerRow row) {
    return Recorded.of(revision, State.APPLIED).at(row.at("applied"));
  }

  // --- the files ------------------------------------------------------------------------------

  /** All apps lie below the project. */
  @Override
  public List<String> usualFolders() {
    return List.of(".", "src", "app", "backend");
  }

  /** Each after those it depends on, as far as these lie in the folder too. */
  @Override
  public List<ToolFile> files(Path folder) {
    List<ToolFile> files =
        TrackerFiles.below(folder, name -> name.matches("[^_~].*\\.py")).stream()
            .filter(path -> TrackerFiles.folderName(path).equals("migrations"))
            .flatMap(path -> file(path).stream())
            .toList();
    Set<String> apps = new HashSet<>(files.stream().map(file -> app(file.revision())).toList());
    return Ancestry.of(
            files.stream()
                .map(
                    file ->
                        file.following(
                            file.after().stream()
                                .filter(parent -> apps.contains(app(parent)))
                                .map(parent -> present(parent, files))
                                .distinct()
                                .toList(),
                            file.replaces()))
                .toList())
        .ordered();
  }

  /** What a squashed migration replaces is depended on through it. */
  private static String present(String revision, List<ToolFile> files) {
    return files.stream()
        .filter(file -> file.replaces().contains(revision))
        .map(ToolFile::revision)
        .filter(squashed -> files.stream().noneMatch(f -> f.revision().equals(revision)))
        .findFirst()
        .orElse(revision);
  }

  private static Optional<ToolFile> file(Path path) {
    PythonModule module = PythonModule.of(TrackerFiles.text(path));
    Path app = path.toAbsolutePath().getParent();
    if (app == null || !module.text().contains("class Migration")) {
      return Optional.empty();
    }
    String name = TrackerFiles.name(path).replaceFirst("\\.py$", "");
    return Optional.of(
        ToolFile.of(
                TrackerFiles.folderName(app) + "." + name,
                name.replaceFirst("^\\d+_", "").replace('_', ' '),
                path)
            .following(pairs(module, "dependencies"), pairs(module, "replaces")));
  }

  /** {@code __first__} and {@code __latest__} name no migration. */
  private static List<String> pairs(PythonModule module, String name) {
    List<String> pairs = new ArrayList<>();
    Matcher matcher = PAIR.matcher(module.inClass(name).orElse(""));
    while (matcher.find()) {
      if (!matcher.group(2).startsWith("__")) {
        pairs.add(matcher.group(1) + "." + matcher.group(2));
      }
    }
    return pairs;
  }

  private static String app(String revision) {
    return revision.substring(0, Math.max(0, revision.indexOf('.')));
  }

  // --- both -----------------------------------------------------------------------------------

  /**
   * Rows of other packages' apps have no file in the project, which is said. A replaced migration
   * has the file that replaces it; a file all of whose replaced ones are recorded counts as
   * applied.
   */
  @Override
  public List<Match> match(TrackerHistory history, List<ToolFile> files) {
    Set<String> apps = new HashSet<>(files.stream().map(file -> app(file.revision())).toList());
    Set<String> recorded =
        new HashSet<>(history.recorded().stream().map(Recorded::revision).toList());
    return Tracker.super.match(history, files).stream()
        .map(match -> match.recorded().isEmpty() ? squashed(match, recorded) : match)
        .map(match -> match.file().isEmpty() ? withoutFile(match, files, apps) : match)
        .toList();
  }

  private static Match squashed(Match match, Set<String> recorded) {
    List<String> replaced = match.file().map(ToolFile::replaces).orElse(List.of());
    return !replaced.isEmpty() && recorded.containsAll(replaced)
        ? new Match(
            Optional.of(
                Recorded.of(match.revision(), State.APPLIED)
                    .noted("all that it replaces is recorded")),
            match.file(),
            false)
        : match;
  }

  private static Match withoutFile(Match match, List<ToolFile> files, Set<String> apps) {
    Optional<ToolFile> replacing =
        files.stream().filter(file -> file.replaces().contains(match.revision())).findFirst();
    String detail =
        replacing
            .map(file -> "replaced by " + file.revision())
            .orElse(apps.contains(app(match.revision())) ? "" : OTHER_PACKAGE);
    return new Match(match.recorded().map(r -> r.noted(detail)), replacing, false);
  }

  /** What builds on the revision, and what else the app got after it. */
  @Override
  public List<Match> withdrawn(TrackerHistory history, List<Match> matches, String revision) {
    int last = Revisions.done(history, matches, revision, this);
    Ancestry ancestry = ancestry(matches);
    return matches.stream()
        .skip(last + 1L)
        .filter(match -> match.recorded().isPresent())
        .filter(
            match ->
                last < 0
                    || app(match.revision()).equals(app(revision))
                    || ancestry.withAncestors(List.of(match.revision())).contains(revision))
        .toList();
  }

  /** The revision, and what it depends on. */
  @Override
  public List<Match> coming(TrackerHistory history, List<Match> matches, String revision) {
    if (Revisions.place(matches, revision, this).isEmpty()) {
      throw Revisions.unknown(history, revision, matches);
    }
    Set<String> coming = ancestry(matches).withAncestors(List.of(revision));
    return matches.stream()
        .filter(match -> !match.isDone() && match.file().isPresent())
        .filter(match -> coming.contains(match.revision()))
        .toList();
  }

  private static Ancestry ancestry(List<Match> matches) {
    return Ancestry.of(matches.stream().flatMap(match -> match.file().stream()).toList());
  }

  @Override
  public Map<String, Value> row(TrackerHistory history, ToolFile file, int place) {
    int dot = file.revision().indexOf('.');
    return Map.of(
        "app", Value.of(file.revision().substring(0, dot)),
        "name", Value.of(file.revision().substring(dot + 1)),
        "applied", Value.now());
  }
}

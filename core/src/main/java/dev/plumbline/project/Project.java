package dev.plumbline.project;

import dev.plumbline.backup.BackupPlace;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.ProjectException;
import dev.plumbline.error.Suggestion;
import dev.plumbline.invariant.Invariant;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A project's files, read and found right.
 *
 * @param directory where they are
 * @param namedDatabase empty: none is named, or the work at hand needs none
 * @param environment the one chosen by {@code --env}
 * @param invariants by name
 * @param backup where one is taken before a change; empty: none is
 */
public record Project(
    String name,
    Path directory,
    Optional<DatabaseSetting> namedDatabase,
    Optional<Environment> environment,
    List<Invariant> invariants,
    RunSettings run,
    List<Alert> alerts,
    List<TrackerSetting> trackers,
    Optional<BackupPlace> backup) {
  public Project {
    invariants = List.copyOf(invariants);
    alerts = List.copyOf(alerts);
    trackers = List.copyOf(trackers);
  }

  Project with(List<Invariant> read) {
    return new Project(
        name, directory, namedDatabase, environment, read, run, alerts, trackers, backup);
  }

  Project named(String other) {
    return new Project(
        other, directory, namedDatabase, environment, invariants, run, alerts, trackers, backup);
  }

  /**
   * The database of a project that has one.
   *
   * @throws ProjectException if none is named
   */
  public DatabaseSetting database() {
    return namedDatabase.orElseThrow(
        () -> new ProjectException(List.of(DatabaseChoice.none(ProjectReader.file(directory)))));
  }

  /**
   * The invariants with these names, in the order given; all of them for none.
   *
   * @throws PlumblineException (usage) if there is none of a name
   */
  public List<Invariant> invariants(List<String> names) {
    return names.isEmpty() ? invariants : names.stream().map(this::invariant).toList();
  }

  /**
   * The invariant with this name.
   *
   * @throws PlumblineException (usage) if there is none
   */
  public Invariant invariant(String name) {
    return invariants.stream()
        .filter(invariant -> invariant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private PlumblineException unknown(String name) {
    List<String> names = invariants.stream().map(Invariant::name).toList();
    return new PlumblineException(
        ErrorCode.USAGE,
        "There is no invariant `" + name + "` in " + directory.resolve("invariants") + ".",
        "Nothing was looked at or changed.",
        names.isEmpty()
            ? "Write invariants/" + name + ".yaml first."
            : Suggestion.sentence(name, names));
  }
}

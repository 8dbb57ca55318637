package dev.plumbline.cli;

import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.journal.Run;
import dev.plumbline.migration.History;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.Migration.ProbesName;
import dev.plumbline.migration.Undo;
import dev.plumbline.migration.Version;
import dev.plumbline.probe.Probes;
import dev.plumbline.project.ProbesFolder;
import dev.plumbline.project.ReadOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The probes that migrations name, read before anything is written. */
final class MigrationProbes {
  private final ProbesFolder folder;
  private final Undo undo;
  private final ReadOptions options;
  private final History history;

  MigrationProbes(OpenProject open, Undo undo, ReadOptions options, History history) {
    this.folder = new ProbesFolder(open.project().directory());
    this.undo = undo;
    this.options = options;
    this.history = history;
  }

  /**
   * What is asked around one migration.
   *
   * @param begun the run that goes on, with the service as it was before that
   * @param undo takes the migration back
   */
  record Probing(Probes probes, Optional<Run> begun, Undo undo) {}

  /**
   * Reads them.
   *
   * @throws ProjectException with everything that is wrong in them, or if one says {@code
   *     roll_back} and the migration cannot be taken back
   */
  Map<Version, Probing> read(List<Migration> migrations) {
    Map<Version, Probing> probing = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Migration migration : migrations) {
      try {
        migration
            .probes()
            .map(named -> probing(migration, named))
            .ifPresent(read -> probing.put(migration.version(), read));
      } catch (ProjectException e) {
        e.problems().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new ProjectException(problems);
    }
    return probing;
  }

  private Probing probing(Migration migration, ProbesName named) {
    Probes probes = folder.read(named.name(), options);
    if (probes.mayRollBack()) {
      requireUndo(migration, named);
    }
    return new Probing(
        probes,
        history
            .of(migration.version())
            .filter(entry -> entry.state() != History.State.UNDONE)
            .map(History.Entry::run),
        undo);
  }

  private void requireUndo(Migration migration, ProbesName named) {
    if (migration.lacksUndo()) {
      throw new ProjectException(
          List.of(
              new Problem(
                  named.position(),
                  "the probes take the migration back, but it does not say how",
                  named.name(),
                  Optional.of(
                      "Write what takes its statements back under `-- plumb:undo` at its end, or"
                          + " `on_breach: fail` in probes/"
                          + named.name()
                          + ".yaml."))));
    }
    undo.check(migration);
  }
}

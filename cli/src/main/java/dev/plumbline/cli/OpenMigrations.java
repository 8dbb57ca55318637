package dev.plumbline.cli;

import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.Run;
import dev.plumbline.migration.Invariants;
import dev.plumbline.migration.Migrate;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.Phases;
import dev.plumbline.migration.Undo;
import dev.plumbline.migration.Version;
import dev.plumbline.project.InvariantReader;
import dev.plumbline.project.MigrationFolder;
import dev.plumbline.project.PhasesReader;
import dev.plumbline.repair.RepairOptions;
import dev.plumbline.status.Status;
import dev.plumbline.status.StatusReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A project's migrations, and what they ask of it. */
final class OpenMigrations implements Invariants {
  private final OpenProject open;
  private final List<Migration> files;

  OpenMigrations(OpenProject open) {
    this(open, MigrationFolder.read(open.project()));
  }

  /**
   * @param to the last one that matters; empty: all do
   */
  static OpenMigrations upTo(OpenProject open, Optional<Version> to) {
    return new OpenMigrations(open, MigrationFolder.read(open.project(), to));
  }

  private OpenMigrations(OpenProject open, List<Migration> files) {
    this.open = open;
    this.files = files;
  }

  /**
   * Where the project stands; a migration that somebody is still writing does not hide the rest.
   */
  static Status status(OpenProject open, boolean audit) {
    MigrationFolder.Reading reading = MigrationFolder.readable(open.project());
    return new OpenMigrations(open, reading.migrations()).status(reading.problems()).read(audit);
  }

  Migrate migrate() {
    return new Migrate(open.database(), open.settings(), this, folder(), files, phases());
  }

  Undo undo() {
    return new Undo(open.database(), open.settings(), this, folder(), files);
  }

  private StatusReader status(List<Problem> problems) {
    return new StatusReader(
        open.database(),
        open.reading(),
        open.project().name(),
        open.project().invariants(),
        migrate(),
        files,
        problems,
        phases());
  }

  /** Read only for what asks it: a plan with mistakes keeps nobody from taking a migration back. */
  private Phases phases() {
    return PhasesReader.read(open.project());
  }

  private Path folder() {
    return MigrationFolder.of(open.project());
  }

  /**
   * @throws PlumblineException (usage) if it is no version
   */
  static Optional<Version> version(@Nullable String written) {
    if (written == null) {
      return Optional.empty();
    }
    if (!written.matches("\\d+(?:[._]\\d+)*")) {
      throw UsageErrors.usage(
          "`" + written + "` is no version.", "Write it as in the file's name, such as --to 018");
    }
    return Optional.of(new Version(written));
  }

  @Override
  public Invariant named(String name) {
    return open.project().invariant(name);
  }

  @Override
  public Invariant asBegun(Run run) {
    return InvariantReader.read(
        Path.of("invariants", run.plan().invariant() + ".yaml"), run.plan().definition());
  }

  @Override
  public RepairOptions options(Invariant invariant) {
    Optional<Integer> size = invariant.terms().batch().or(() -> open.project().run().batchSize());
    return new RepairOptions(
        NewRun.Scope.whole(),
        size.map(OptionalInt::of).orElse(OptionalInt.empty()),
        open.project().run().workers().orElse(1));
  }
}

package dev.plumbline.cli;

import dev.plumbline.drift.Snapshot;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.project.ReadOptions;
import dev.plumbline.report.UnwritableFile;
import dev.plumbline.report.VerifyJson;
import dev.plumbline.verify.Learned;
import dev.plumbline.verify.Verifier;
import dev.plumbline.verify.Verifier.Other;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Catalogues beside the live one: another environment's, and those in files. */
final class Catalogues {
  private final Invocation invocation;
  private final OpenProject open;

  Catalogues(Invocation invocation, OpenProject open) {
    this.invocation = invocation;
    this.open = open;
  }

  /**
   * The catalogue in a file, if there is such a file; else that of the environment of that name.
   */
  Other other(String name) {
    Path file = Path.of(name);
    return Files.isRegularFile(file) ? new Other(name, read(file)) : ofEnvironment(name);
  }

  private static Snapshot read(Path file) {
    try {
      return Snapshot.fromJson(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new PlumblineException(
          ErrorCode.DENIED,
          file + " cannot be read: " + FileRefusal.of(e),
          "Nothing was looked at.",
          "Check the path and its permissions, then run the command again.",
          e);
    }
  }

  private Other ofEnvironment(String name) {
    ReadOptions options = invocation.readOptions();
    ReadOptions there = new ReadOptions(Optional.of(name), options.variables(), Optional.empty());
    try (OpenProject other = OpenProject.of(ProjectReader.read(invocation.directory(), there))) {
      return new Other(name, Verifier.snapshot(other.database(), other.reading()));
    }
  }

  /** Writes the live catalogue to a new file. */
  ExitCode save(Path file) {
    Snapshot snapshot = Verifier.snapshot(open.database(), open.reading());
    write(file, snapshot.toJson());
    written(file, snapshot.objects().size() + " objects of " + open.database().label());
    return ExitCode.OK;
  }

  /** Writes an invariant of all that nobody claims to a new file. */
  ExitCode learn(Verifier verifier, Path file) {
    Learned learned = verifier.learn();
    if (learned.statements().isEmpty()) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "There is nothing to learn: all that is in "
              + open.database().label()
              + " is claimed already.",
          "No file was written.",
          "Look at the claims with: plumb verify");
    }
    write(file, learned.yaml());
    written(
        file,
        learned.statements().size()
            + " statements, claimed for "
            + learned.tool()
            + "'s "
            + learned.revision()
            + ". Review them, then put the file into invariants/");
    return ExitCode.OK;
  }

  /** Never over a file that is there: it may have been reviewed. */
  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw UsageErrors.usage(
          file + " is there already, and is not written over.", "Give another name, or delete it.");
    } catch (IOException e) {
      throw UnwritableFile.error("The catalogue", file, e);
    }
  }

  private void written(Path file, String what) {
    invocation
        .terminal()
        .out()
        .print(
            invocation.json()
                ? VerifyJson.written(
                    open.project().name(), open.database().label(), file.toString(), what)
                : "Wrote " + file + ": " + what + ".\n");
  }
}

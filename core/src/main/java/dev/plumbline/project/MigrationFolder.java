package dev.plumbline.project;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.error.Suggestion;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.Migration.Expectation;
import dev.plumbline.migration.MigrationName;
import dev.plumbline.migration.Version;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a project's {@code migrations/}. It is read only for what needs it: a migration that is
 * still being written keeps nobody from an audit. Used by one thread.
 */
public final class MigrationFolder {
  private final Path folder;
  private final List<String> invariants;
  private final ProbesFolder probes;
  private final List<Problem> problems = new ArrayList<>();

  private MigrationFolder(Project project) {
    this.folder = of(project);
    this.invariants = project.invariants().stream().map(Invariant::name).toList();
    this.probes = new ProbesFolder(project.directory());
  }

  /** Where a project's migrations are. */
  public static Path of(Project project) {
    return project.directory().resolve("migrations").normalize();
  }

  /**
   * The project's migrations, by version; none if there is no such folder.
   *
   * @throws ProjectException with everything that is wrong in them
   */
  public static List<Migration> read(Project project) {
    return read(project, Optional.empty());
  }

  /**
   * The project's migrations, by version. One that is still being written keeps nobody from those
   * before it.
   *
   * @param to the last one that must be right; empty: all
   * @throws ProjectException with everything that is wrong in those
   */
  public static List<Migration> read(Project project, Optional<Version> to) {
    Reading reading = readable(project);
    List<Problem> wrong =
        reading.problems().stream()
            .filter(problem -> to.isEmpty() || !comesAfter(problem.position().file(), to.get()))
            .toList();
    if (!wrong.isEmpty()) {
      throw new ProjectException(wrong);
    }
    return reading.migrations();
  }

  private static boolean comesAfter(Path file, Version version) {
    return MigrationName.of(String.valueOf(file.getFileName()))
        .filter(name -> name.version().compareTo(version) > 0)
        .isPresent();
  }

  /** The same for a mere look: what can be read, and what is wrong in the others. */
  public static Reading readable(Project project) {
    return new MigrationFolder(project).read();
  }

  /**
   * What there is in {@code migrations/}.
   *
   * @param migrations by version
   */
  public record Reading(List<Migration> migrations, List<Problem> problems) {
    public Reading {
      migrations = List.copyOf(migrations);
      problems = List.copyOf(problems);
    }
  }

  private Reading read() {
    Map<Version, Migration> migrations = new TreeMap<>(Comparator.naturalOrder());
    for (Path file : files()) {
      migration(file)
          .ifPresent(
              migration -> {
                Migration first = migrations.putIfAbsent(migration.version(), migration);
                if (first != null) {
                  problem(
                      file,
                      "two files have the version " + migration.version(),
                      "Give one of the two another; the other is " + first.file() + ".");
                }
                known(migration);
                probed(migration);
              });
    }
    return new Reading(List.copyOf(migrations.values()), problems);
  }

  private List<Path> files() {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> all = entries.sorted().toList();
      all.stream().filter(MigrationFolder::shouts).forEach(this::shouted);
      return all.stream().filter(entry -> entry.toString().endsWith(".sql")).toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** It would be passed over without a word. */
  private static boolean shouts(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.endsWith(".sql") && name.toLowerCase(Locale.ROOT).endsWith(".sql");
  }

  private void shouted(Path file) {
    problem(file, "a migration's name ends in lower case", "Name it like 018_what_it_does.sql.");
  }

  private Optional<Migration> migration(Path file) {
    try {
      return Optional.of(MigrationReader.read(file, Files.readString(file)));
    } catch (ProjectException e) {
      problems.addAll(e.problems());
    } catch (CharacterCodingException e) {
      problem(file, "the file is not in UTF-8", "Save it in UTF-8.");
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return Optional.empty();
  }

  private void known(Migration migration) {
    Stream.of(
            migration.expectations().stream().map(Expectation::invariant),
            migration.backfills().stream(),
            migration.verifications().stream())
        .flatMap(references -> references)
        .filter(reference -> !invariants.contains(reference.invariant()))
        .forEach(
            reference ->
                problems.add(
                    new Problem(
                        reference.position(),
                        "there is no invariant `" + reference.invariant() + "`",
                        reference.invariant(),
                        Optional.of(
                            invariants.isEmpty()
                                ? "Write invariants/" + reference.invariant() + ".yaml first."
                                : Suggestion.sentence(reference.invariant(), invariants)))));
  }

  private void probed(Migration migration) {
    migration
        .probes()
        .filter(named -> !probes.has(named.name()))
        .ifPresent(
            named ->
                problems.add(
                    new Problem(
                        named.position(),
                        ProbesFolder.unknown(named.name()),
                        named.name(),
                        Optional.of(probes.suggestion(named.name())))));
  }

  /** A problem of a file as a whole. */
  private void problem(Path file, String what, String suggestion) {
    problems.add(
        new Problem(
            new Position(file, 1, 1),
            what,
            String.valueOf(file.getFileName()),
            Optional.of(suggestion)));
  }

  private static PlumblineException unreadable(Path path, IOException cause) {
    return new PlumblineException(
        ErrorCode.DENIED,
        "The operating system does not let Plumbline read " + path + ": " + FileRefusal.of(cause),
        "Nothing was looked at or changed.",
        "Check the path and its permissions, then run the command again.",
        cause);
  }
}

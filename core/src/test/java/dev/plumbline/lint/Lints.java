package dev.plumbline.lint;

import dev.plumbline.invariant.Invariant;
import dev.plumbline.lint.rule.Rules;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.project.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Files and invariants that exist in a test only, put to the linter with all rules. */
public final class Lints {
  private final List<LintSource> sources = new ArrayList<>();
  private final List<Invariant> invariants = new ArrayList<>();
  private Optional<LiveTables> live = Optional.empty();

  private boolean style;

  private Lints() {}

  /** The findings in one file that lies nowhere in particular. */
  public static List<Finding> in(String sql) {
    return new Lints().and("018_change.sql", sql).findings();
  }

  /** Begins with files that were applied before; findings in them do not count. */
  public static Lints after(String... sql) {
    Lints lints = new Lints();
    for (String text : sql) {
      lints.sources.add(
          new LintSource(
              Path.of(String.format("%03d_before.sql", lints.sources.size())),
              text,
              "",
              false,
              false));
    }
    return lints;
  }

  /** Adds an invariant of the project. */
  public Lints invariant(String name, String yaml) {
    invariants.add(read(name, yaml));
    return this;
  }

  /** Adds what a database would tell. */
  public Lints live(LiveTables tables) {
    live = Optional.of(tables);
    return this;
  }

  /** Looks for matters of taste too. */
  public Lints style() {
    style = true;
    return this;
  }

  /** Adds a file with the settings beside it. */
  public Lints and(String file, String sql, String settings) {
    sources.add(new LintSource(Path.of(file), sql, settings, false, true));
    return this;
  }

  /** Adds a file. */
  public Lints and(String file, String sql) {
    sources.add(new LintSource(Path.of(file), sql, "", false, true));
    return this;
  }

  /** What is found in the files, and last in this one. */
  public List<Finding> findings(String sql) {
    return and("018_change.sql", sql).findings();
  }

  /** What is found in the files. */
  public List<Finding> findings() {
    return report().findings();
  }

  LintReport report() {
    return new Linter(Rules.ALL, invariants, live, style).lint(sources);
  }

  private static Invariant read(String name, String yaml) {
    try {
      Path directory = Files.createTempDirectory("lint");
      try {
        Files.createDirectory(directory.resolve("invariants"));
        Files.writeString(
            directory.resolve("plumb.yaml"), "project: lint\ndatabase: embedded:postgres\n");
        Files.writeString(directory.resolve("invariants").resolve(name + ".yaml"), yaml);
        return ProjectReader.read(
                directory, new ReadOptions(Optional.empty(), Map.of(), Optional.empty()))
            .invariant(name);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}

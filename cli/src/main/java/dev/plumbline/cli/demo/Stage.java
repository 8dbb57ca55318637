package dev.plumbline.cli.demo;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Where scenes are played: a narrator, a command line, and databases. */
public final class Stage {
  private static final int WIDEST = 92;
  private static final int NARROWEST = 40;

  private final Path directory;
  private final Databases databases;
  private final PrintStream out;
  private final boolean colour;
  private final int width;
  private final Program program;

  /** The program itself, as if it were called again. */
  @FunctionalInterface
  public interface Program {
    /**
     * @param variables of the environment, beside those that there are
     */
    ExitCode run(List<String> arguments, Map<String, String> variables);
  }

  /**
   * @param directory where the projects of the examples are put
   * @param databases theirs
   * @param columns how wide {@code out} is, if it is a terminal
   */
  public Stage(
      Path directory,
      Databases databases,
      PrintStream out,
      boolean colour,
      OptionalInt columns,
      Program program) {
    this.directory = directory;
    this.databases = databases;
    this.out = out;
    this.colour = colour;
    this.width = Math.clamp(columns.orElse(WIDEST), NARROWEST, WIDEST);
    this.program = program;
  }

  /** A headline. */
  void title(String title) {
    out.println();
    out.println(
        paint("1;36", "── " + title + " " + "─".repeat(Math.max(3, width - title.length() - 4))));
    out.println();
  }

  /** A paragraph, broken into lines. */
  void say(String paragraph) {
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.strip().split("\\s+")) {
      if (line.length() + word.length() >= width) {
        out.println(line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    out.println(line);
    out.println();
    out.flush();
  }

  /** Makes a project anew that has no database; the runs of an earlier demo are forgotten. */
  void loadFiles(Example example) {
    try {
      Path own = project(example).resolve(".plumb");
      if (Files.isDirectory(own)) {
        try (Stream<Path> inside = Files.walk(own)) {
          for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      example.copyTo(project(example));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes an example's project and database anew. */
  void load(Example example) {
    try {
      databases.renew(example);
      example.copyTo(project(example));
      try (Connection connection = databases.connect(example)) {
        ExampleLoader.load(example.files(), connection, 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("the example " + example.name() + " does not load", e);
    }
  }

  /**
   * Types a command for an example's project, shows what comes out, and sees to it that it ends as
   * it was told.
   */
  void run(Example example, ExitCode expected, String... arguments) {
    run(example, Map.of(), expected, arguments);
  }

  /** The same with further variables of the environment. */
  void run(Example example, Map<String, String> variables, ExitCode expected, String... arguments) {
    List<String> all =
        Stream.concat(Stream.of("--project", project(example).toString()), Stream.of(arguments))
            .toList();
    out.println(paint("1", "$ plumb " + String.join(" ", all)));
    ExitCode code = program.run(all, variables);
    out.println();
    out.flush();
    require(
        code == expected,
        "The command above ended with " + code.status() + ", not with " + expected.status() + ".");
  }

  /** Ends the demo where it does not show what it says. */
  void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new PlumblineException(
          ErrorCode.BUG,
          otherwise,
          "The demo works in " + directory + " only; nothing else was touched.",
          "Please report what it printed.");
    }
  }

  /** Somebody else writes to an example's database, past Plumbline. */
  void change(Example example, String sql) {
    out.println(paint("1", "# somebody else, with another program:"));
    sql.lines().forEach(out::println);
    out.println();
    try (Connection connection = databases.connect(example);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("somebody else could not write: " + sql, e);
    }
  }

  /** A command to try. */
  void suggest(Example example, String command) {
    out.println("  plumb --project " + project(example) + " " + command);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** How the user names an example's project. */
  Path project(Example example) {
    return directory.resolve(example.name());
  }
}

package dev.plumbline.cli;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.LiveObjects;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Version;
import dev.plumbline.lint.LintReport;
import dev.plumbline.lint.LintSource;
import dev.plumbline.lint.Linter;
import dev.plumbline.lint.LiveSchema;
import dev.plumbline.lint.LiveTables;
import dev.plumbline.lint.rule.Rules;
import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.project.ReadOptions;
import dev.plumbline.report.LintGithub;
import dev.plumbline.report.LintJson;
import dev.plumbline.report.LintSarif;
import dev.plumbline.report.LintText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb lint}: the static look at migrations. */
@picocli.CommandLine.Command(
    name = "lint",
    description = {
      "Looks for what will go wrong in migrations: rows that nobody fills in, constraints before"
          + " their proof, and more. It runs nothing and needs no database, and outside of a"
          + " project no plumb.yaml.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: nothing found. 1: warnings. 2: errors. Others: it could not look.",
      "Besides text and json, --format takes sarif (2.1.0) and github (annotations).",
      "A finding that is meant to be is waived in the file, with the reason:",
      "  -- plumb:allow RULE REASON",
      "",
      "  plumb lint",
      "  plumb lint db/migrations/ one_more.sql",
      "  plumb lint --since origin/main --format github"
    })
final class LintCommand implements Command {
  private static final String WITHOUT_DATABASE = "embedded:postgres";

  private final Invocation invocation;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "Files, and directories with all .sql files in them (default: the project's"
              + " migrations).")
  List<Path> paths = List.of();

  @Option(
      names = "--since",
      paramLabel = "REF",
      description =
          "Only files added or changed since this commit of git; the others still tell what was"
              + " there before.")
  @Nullable String since;

  @Option(
      names = "--style",
      description = "Look for matters of taste too, such as text instead of varchar(255).")
  boolean style;

  LintCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Optional<Project> project = project();
    List<Path> files = LintPaths.files(paths.isEmpty() ? List.of(migrations(project)) : paths);
    List<Invariant> invariants = project.map(Project::invariants).orElse(List.of());
    Linter linter = new Linter(Rules.ALL, invariants, live(project), style);
    LintReport report = linter.lint(sources(files, project));
    print(report);
    return report.exitCode();
  }

  /**
   * The project, where there is one: a lint reads its invariants, and leaves its database alone.
   */
  private Optional<Project> project() {
    if (!Files.isRegularFile(invocation.directory().resolve("plumb.yaml"))) {
      return Optional.empty();
    }
    ReadOptions options = invocation.readOptions();
    return Optional.of(
        ProjectReader.read(
            invocation.directory(),
            new ReadOptions(
                options.environment(), options.variables(), Optional.of(WITHOUT_DATABASE))));
  }

  /** What the database tells, if one was named here: a lint starts none by itself. */
  private Optional<LiveTables> live(Optional<Project> project) {
    String url = invocation.options().database;
    if (url == null && invocation.options().env == null) {
      return Optional.empty();
    }
    if (project.isPresent()) {
      try (OpenProject open = OpenProject.of(invocation)) {
        return Optional.of(live(open.database(), open.reading()));
      }
    }
    if (url == null || url.equals(WITHOUT_DATABASE)) {
      throw UsageErrors.usage(
          "There is no project here whose database that could be.",
          "Name a database with --database jdbc:postgresql://…, or leave it out.");
    }
    return Optional.of(live(Database.of(JdbcUrl.parse(url)), Timeouts.READING));
  }

  private static LiveTables live(Database database, Timeouts timeouts) {
    return switch (database.dialect()) {
      case PostgresDialect postgres -> {
        try (Session session = database.openForReading(timeouts)) {
          yield new LiveSchema(LiveObjects.read(session));
        }
      }
      case SqliteDialect sqlite ->
          throw UsageErrors.usage(
              "lint reads SQL as PostgreSQL does, and " + database.label() + " is on SQLite.",
              "Leave --database out: the files are looked at without it.");
    };
  }

  private static Path migrations(Optional<Project> project) {
    if (project.isEmpty()) {
      throw UsageErrors.usage(
          "There is no project here, and no PATH was given.",
          "Name what to look at: plumb lint db/migrations/");
    }
    Path folder = project.get().directory().resolve("migrations").normalize();
    if (!Files.isDirectory(folder)) {
      throw UsageErrors.usage(
          "The project has no " + folder + ", and no PATH was given.",
          "Name what to look at: plumb lint db/migrations/");
    }
    return folder;
  }

  private List<LintSource> sources(List<Path> files, Optional<Project> project) {
    Optional<Set<Path>> changed =
        Optional.ofNullable(since).map(ref -> GitChanges.since(ref, repository(files)));
    Optional<Path> own =
        project.map(p -> p.directory().resolve("migrations").toAbsolutePath().normalize());
    List<LintSource> sources = new ArrayList<>();
    for (Path file : files) {
      Path absolute = real(file);
      sources.add(
          new LintSource(
              file,
              text(file),
              LintPaths.settings(file).map(LintCommand::text).orElse(""),
              own.filter(folder -> file.toAbsolutePath().normalize().startsWith(folder))
                  .isPresent(),
              changed.map(names -> names.contains(absolute)).orElse(true)));
    }
    return sources;
  }

  /** The repository of the files, not of the directory where the command happens to run. */
  private static Path repository(List<Path> files) {
    return files.stream()
        .map(file -> Optional.ofNullable(real(file).getParent()).orElse(Path.of("/")))
        .findFirst()
        .orElse(Path.of("").toAbsolutePath());
  }

  /** As git names it: without links. */
  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize(); // reading it will say what is wrong
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw unreadable(file, ErrorCode.PROJECT, "it is not in UTF-8", "Save it in UTF-8.", e);
    } catch (IOException e) {
      throw unreadable(
          file,
          ErrorCode.DENIED,
          FileRefusal.of(e),
          "Check the path and its permissions, then run the command again.",
          e);
    }
  }

  private static PlumblineException unreadable(
      Path file, ErrorCode code, String why, String next, IOException cause) {
    return new PlumblineException(
        code, file + " cannot be read: " + why + ".", "Nothing was looked at.", next, cause);
  }

  private void print(LintReport report) {
    invocation
        .terminal()
        .out()
        .print(
            switch (invocation.options().format) {
              case text -> LintText.of(report, invocation.style(), Invocation::source);
              case json -> LintJson.of(report);
              case sarif -> LintSarif.of(report, Version.text(), Rules.ALL);
              case github -> LintGithub.of(report);
            });
  }
}

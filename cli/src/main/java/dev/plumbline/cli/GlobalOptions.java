package dev.plumbline.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before its name or behind it. Filled by picocli. */
@Command(
    name = "plumb",
    header = {"Makes changes to live data prove themselves.", ""},
    synopsisHeading = "Usage: ",
    customSynopsis =
        "plumb [--project DIR] [--env NAME] [--database URL] [--format text|json] COMMAND",
    optionListHeading = "%nOptions of every command:%n",
    commandListHeading = "%nCommands (plumb COMMAND --help tells more):%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:holds, done, planned",
      "1:holds with a warning, or a rollback that kept conflicts",
      "2:does not hold, failed",
      "64:wrong usage",
      "69:the database is unreachable",
      "70:a bug of Plumbline's",
      "75:busy, try again",
      "77:not permitted",
      "78:something in the project's files is wrong"
    },
    sortOptions = false)
final class GlobalOptions {
  /** How results are printed. */
  enum Format {
    text,
    json,
    /** Findings for code hosts and editors; of `lint` only. */
    sarif,
    /** Findings as annotations of a workflow; of `lint` only. */
    github;

    boolean isOfLintOnly() {
      return switch (this) {
        case text, json -> false;
        case sarif, github -> true;
      };
    }
  }

  @Option(
      names = "--project",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      order = 101,
      description = "The directory that holds plumb.yaml (default: the current one).")
  @Nullable Path project;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      order = 102,
      description = "One of the project's environments.")
  @Nullable String env;

  @Option(
      names = "--database",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      order = 103,
      description = {
        "embedded:postgres, jdbc:postgresql://… or jdbc:sqlite:…; wins over plumb.yaml.",
        "A password is safer in the variable PLUMB_DATABASE_URL."
      })
  @Nullable String database;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      scope = ScopeType.INHERIT,
      order = 104,
      description = "json: one document on standard output (default: text).")
  Format format = Format.text;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      order = 105,
      description = "With errors, where in Plumbline they come from; with plans, all the SQL.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      order = 106,
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Option(names = "--version", versionHelp = true, order = 107, description = "Shows the version.")
  boolean version;
}

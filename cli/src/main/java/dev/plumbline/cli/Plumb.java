package dev.plumbline.cli;

import dev.plumbline.embedded.EmbeddedServerException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.Version;
import dev.plumbline.report.ErrorJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program {@code plumb}: reads the command line, runs the command, exits with its code. */
public final class Plumb {
  private static final int NARROW = 80;
  private static final int WIDE = 100;

  private static final List<String> COMMANDS_BEFORE_OPTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_HEADER,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST,
          UsageMessageSpec.SECTION_KEY_FOOTER);

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Stopping stopping;

  Plumb(Terminal terminal, Map<String, String> environment, Stopping stopping) {
    this.terminal = terminal;
    this.environment = environment;
    this.stopping = stopping;
  }

  /** Runs one command. */
  public static void main(String[] arguments) {
    StandardOutput standard = new StandardOutput();
    Stopping stopping = new Stopping();
    stopping.listen();
    Plumb plumb =
        new Plumb(Terminal.ofProcess(standard, System.getenv()), System.getenv(), stopping);
    ExitCode code = plumb.run(arguments);
    Optional<IOException> lost = standard.finish();
    if (lost.isPresent()) {
      code = plumb.outputLost(lost.get());
    }
    stopping.ended(code);
    System.exit(code.status());
  }

  /** Runs one command line; what goes wrong is printed, and the exit code says so. */
  ExitCode run(String... arguments) {
    GlobalOptions options = new GlobalOptions();
    Invocation invocation = new Invocation(terminal, options, environment, stopping);
    try {
      return run(commandLine(invocation, arguments), options, arguments);
    } catch (ParameterException e) {
      // What was wrong may have kept the format from being read.
      options.format = asksForJson(arguments) ? GlobalOptions.Format.json : options.format;
      return failed(UsageErrors.of(e), invocation);
    } catch (PlumblineException e) {
      return failed(e, invocation);
    } catch (EmbeddedServerException e) {
      return failed(threeParts(e), invocation);
    } catch (RuntimeException | Error e) {
      return failed(bug(e), invocation);
    }
  }

  /** Only the command that is asked for is looked at closely: the others are names in a list. */
  private static CommandLine commandLine(Invocation invocation, String... arguments) {
    CommandLine line = new CommandLine(CommandSpec.forAnnotatedObject(invocation.options()));
    List<String> words = Arrays.asList(arguments);
    for (Commands command : Commands.values()) {
      line.addSubcommand(
          command.word(),
          words.contains(command.word())
              ? CommandSpec.forAnnotatedObject(command.make(invocation))
              : outline(command));
    }
    line.setUsageHelpWidth(Math.clamp(invocation.terminal().columns().orElse(WIDE), NARROW, WIDE));
    line.setHelpSectionKeys(COMMANDS_BEFORE_OPTIONS);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  private static CommandSpec outline(Commands command) {
    CommandSpec spec = CommandSpec.create().name(command.word());
    spec.usageMessage().description(command.summary()).hidden(command.summary().isEmpty());
    return spec;
  }

  private ExitCode run(CommandLine line, GlobalOptions options, String... arguments) {
    ParseResult parsed = line.parseArgs(arguments);
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    CommandSpec chosen = parsed.commandSpec();
    if (options.help) {
      chosen.commandLine().usage(terminal.out(), terminal.colour() ? Ansi.ON : Ansi.OFF);
      return ExitCode.OK;
    }
    if (options.version) {
      terminal.out().println("plumb " + Version.text());
      return ExitCode.OK;
    }
    if (chosen.userObject() instanceof Command command) {
      if (options.format.isOfLintOnly() && !(command instanceof LintCommand)) {
        throw UsageErrors.usage(
            "`"
                + chosen.name()
                + "` has no format `"
                + options.format
                + "`: that is for findings of"
                + " lint.",
            "Write --format text or --format json");
      }
      return command.run();
    }
    throw UsageErrors.usage("No command was given.", "Try: plumb demo\nAll commands: plumb --help");
  }

  private static boolean asksForJson(String... arguments) {
    String line = String.join(" ", arguments);
    return line.contains("--format json") || line.contains("--format=json");
  }

  /** Prints what went wrong: as one JSON document where one is expected, else for people. */
  private ExitCode failed(PlumblineException error, Invocation invocation) {
    if (invocation.json()) {
      terminal.out().print(ErrorJson.of(error));
    } else {
      terminal.out().flush();
      terminal.err().print(invocation.errors(Invocation::source).of(error));
    }
    if (invocation.options().verbose) {
      error.printStackTrace(terminal.err());
    }
    return ExitCode.of(error.code());
  }

  private static PlumblineException threeParts(EmbeddedServerException error) {
    List<String> lines = String.valueOf(error.getMessage()).lines().toList();
    int parts = lines.size();
    return parts < 3
        ? bug(error)
        : new PlumblineException(
            ErrorCode.UNREACHABLE,
            String.join("\n", lines.subList(0, parts - 2)),
            lines.get(parts - 2),
            lines.get(parts - 1),
            error);
  }

  private static PlumblineException bug(Throwable thrown) {
    return new PlumblineException(
        ErrorCode.BUG,
        "Plumbline itself went wrong: " + thrown,
        "What was committed is committed, and the database rolls back the rest.",
        "Run it again with --verbose and report what it prints.",
        thrown);
  }

  private ExitCode outputLost(IOException cause) {
    terminal
        .err()
        .println(
            "error: the result could not be written to standard output: " + cause.getMessage());
    terminal.err().println("What the command did is done; only its result is lost.");
    terminal.err().println("Make room where the output goes, and run the command again.");
    return ExitCode.UNREACHABLE;
  }
}

package dev.plumbline.cli;

import dev.plumbline.cli.demo.Databases;
import dev.plumbline.cli.demo.Demo;
import dev.plumbline.cli.demo.FileDatabases;
import dev.plumbline.cli.demo.ServerDatabases;
import dev.plumbline.cli.demo.Stage;
import dev.plumbline.embedded.EmbeddedServer;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.Suggestion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb demo}: the examples, played on an embedded PostgreSQL. */
@picocli.CommandLine.Command(
    name = "demo",
    description = {
      "Plays the examples on real databases, a PostgreSQL that Plumbline brings along among them, and leaves them to you.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {"", "Everything is under .plumb/ in the directory; delete it to be rid of the demo."})
final class DemoCommand implements Command {
  /** Would lead the demo's commands to another database. */
  private static final String DATABASE = "PLUMB_DATABASE_URL";

  private final Invocation invocation;

  @Parameters(
      paramLabel = "CASE",
      arity = "0..1",
      description = {
        "Only this one: open-university, total-lessons, dual-enrollment, course-coverage;",
        "or points-ledger, which is on SQLite; or hierarchical-progress, behind an HTTP API."
      })
  @Nullable String wanted;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where .plumb/ is made (default: the current directory).")
  Path directory = Path.of("");

  DemoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    refuseOtherProjects();
    List<Demo> demos = demos();
    if (demos.stream().allMatch(Demo::needsNoServer)) {
      play(demos, new FileDatabases(projects()));
      return ExitCode.OK;
    }
    try (EmbeddedServer server = EmbeddedServer.open(directory.resolve(".plumb/postgres"))) {
      play(demos, new ServerDatabases(server));
    }
    return ExitCode.OK;
  }

  private Path projects() {
    return directory.resolve(".plumb/demo");
  }

  private void play(List<Demo> demos, Databases databases) {
    Terminal terminal = invocation.terminal();
    Stage stage =
        new Stage(
            projects(),
            databases,
            terminal.out(),
            terminal.colour(),
            terminal.columns(),
            this::call);
    Demo.open(stage);
    demos.forEach(demo -> demo.scene().play(stage));
    Demo.close(stage, demos, invocation.environment().containsKey(DATABASE));
  }

  private void refuseOtherProjects() {
    GlobalOptions options = invocation.options();
    if (options.project != null || options.env != null || options.database != null) {
      throw UsageErrors.usage(
          "The demo brings its own projects and databases.",
          "Leave out --project, --env and --database; --directory says where to put them.");
    }
    if (invocation.json()) {
      throw UsageErrors.usage(
          "The demo is told to people, and has no JSON.", "Leave out --format json.");
    }
  }

  private List<Demo> demos() {
    if (wanted == null) {
      return Arrays.stream(Demo.values()).filter(demo -> !demo.needsNoServer()).toList();
    }
    List<Demo> named =
        Arrays.stream(Demo.values()).filter(demo -> demo.example().equals(wanted)).toList();
    if (named.isEmpty()) {
      List<String> names = Arrays.stream(Demo.values()).map(Demo::example).toList();
      throw UsageErrors.usage(
          "There is no example `" + wanted + "`.", Suggestion.sentence(wanted, names));
    }
    return named;
  }

  private ExitCode call(List<String> arguments, Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(invocation.environment());
    environment.remove(DATABASE);
    environment.putAll(variables);
    return new Plumb(invocation.terminal(), environment, invocation.stopping())
        .run(arguments.toArray(String[]::new));
  }
}

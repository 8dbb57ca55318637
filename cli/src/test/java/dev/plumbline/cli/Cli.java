package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The command line of a project and a database. As a process it is what users start; within the
 * test's own process it is the same but for {@code main}, and ten times as fast.
 */
public record Cli(Path project, String url) {

  static Cli of(String example, TestDatabase database) {
    return new Cli(Cases.project(example), database.url());
  }

  /** What came of a command within this process. */
  public record Result(int exit, String out, String err) {}

  /** The process, not yet started. */
  JavaMain process(String... arguments) {
    return JavaMain.of("dev.plumbline.cli.Plumb")
        .arguments(withProject(arguments))
        .environment("PLUMB_DATABASE_URL", url);
  }

  JavaProcess.Result run(String... arguments) {
    return process(arguments).run();
  }

  /** The one JSON document that the process prints; it has to end with that exit code. */
  JsonNode json(int exit, String... arguments) {
    JavaProcess.Result result = process(arguments).arguments("--format", "json").run();
    assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isEqualTo(exit);
    return Cases.json(result.stdout());
  }

  /** The one JSON document of a command within this process. */
  public JsonNode callJson(int exit, String... arguments) {
    Result result =
        call(
            Stream.concat(Stream.of(arguments), Stream.of("--format", "json"))
                .toArray(String[]::new));
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
    return Cases.json(result.out());
  }

  public Result call(String... arguments) {
    return call(
        Map.of("PLUMB_DATABASE_URL", url, "PATH", System.getenv("PATH")), withProject(arguments));
  }

  /** Without a project and a database of its own. */
  static Result call(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(print(out), print(err), false, false, OptionalInt.empty(), false);
    int exit = new Plumb(terminal, environment, new Stopping()).run(arguments).status();
    return new Result(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String[] withProject(String... arguments) {
    return Stream.concat(Stream.of("--project", project.toString()), Stream.of(arguments))
        .toArray(String[]::new);
  }
}

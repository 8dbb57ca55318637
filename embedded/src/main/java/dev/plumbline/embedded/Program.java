package dev.plumbline.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One execution of a PostgreSQL program, with an environment that the user's cannot leak into. */
final class Program {
  private final String name;
  private final Process process;

  private Program(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts a program.
   *
   * @param directory the working directory; arguments should be relative to it, because {@code
   *     pg_ctl} hands them to a shell
   */
  static Program start(Binaries binaries, Path directory, String name, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (runsAsRoot()) {
      // PostgreSQL refuses to run as root. In a user namespace without mappings it sees "nobody",
      // while the kernel still gives it root's own files.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(binaries.program(name).toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    cleanEnvironment(builder.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Program(name, process);
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "PostgreSQL's " + name + " could not be started: " + e.getMessage(),
          "Nothing was changed.",
          runsAsRoot()
              ? "As root it needs the command unshare (package util-linux); or use another user."
              : "Delete " + binaries.home() + " to have it unpacked again, and retry.",
          e);
    }
  }

  /** Variables such as PGDATA or PGOPTIONS would change what the server does. */
  private static void cleanEnvironment(Map<String, String> environment) {
    environment.keySet().removeIf(variable -> variable.startsWith("PG"));
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
  }

  private static boolean runsAsRoot() {
    return new UnixSystem().getUid() == 0;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** What the ended program wrote. */
  String output() {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "(its output could not be read: " + e.getMessage() + ")";
    }
  }

  /** Waits for the end; the output of these programs fits into a pipe's buffer. */
  Program await(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new EmbeddedServerException(
            "PostgreSQL's " + name + " did not end within " + limit.toSeconds() + " s.",
            "The data is in the state that the server's log describes.",
            "See whether the machine is overloaded, and retry.");
      }
      return this;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException(
          "Waiting for PostgreSQL's " + name + " was interrupted.",
          "No data is lost: the server recovers at the next start.",
          "Run the command again.",
          e);
    }
  }
}

package dev.plumbline.backup;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Another program, run to its end. Passwords are given to it by its environment, which only its
 * user can see, never by its arguments.
 *
 * @param command the program and its arguments
 * @param environment all of it
 */
record Program(List<String> command, Map<String, String> environment) {
  private static final int SHOWN = 2_000;

  /** How it ended, and what it wrote to standard error. */
  record Result(int exit, String errors) {}

  /**
   * @param lines takes what it writes to standard output line by line, each byte as a character
   */
  Result run(Consumer<String> lines) {
    Path errors = errors();
    try {
      Process process = start(errors);
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
        process.getOutputStream().close();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          lines.accept(line);
        }
        return new Result(process.waitFor(), shortened(Files.readString(errors)));
      } finally {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy(); // where it still runs, what reads it has failed
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlumblineException(
          ErrorCode.BUSY,
          "Waiting for " + command.getFirst() + " was interrupted.",
          "Nothing was changed in the database.",
          "Run the command again.",
          e);
    } finally {
      delete(errors);
    }
  }

  private Process start(Path errors) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          command.getFirst() + " could not be started: " + e.getMessage(),
          "Nothing was changed in the database.",
          "See that `backup` in plumb.yaml names a program that can be run.",
          e);
    }
  }

  private static Path errors() {
    try {
      return Files.createTempFile("plumb-backup", ".txt");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shortened(String text) {
    String stripped = text.strip();
    return stripped.length() <= SHOWN ? stripped : stripped.substring(0, SHOWN) + " …";
  }
}

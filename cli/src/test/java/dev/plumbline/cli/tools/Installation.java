package dev.plumbline.cli.tools;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * The packages of a lock file, installed once under {@code target} for all tests of this build. A
 * test that needs them where they cannot be had is skipped, and says why.
 */
enum Installation {
  NPM("npm", List.of("package.json", "package-lock.json")) {
    @Override
    List<List<String>> commands() {
      return List.of(
          List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"));
    }
  },
  PYTHON("python3", List.of("requirements.txt")) {
    @Override
    List<List<String>> commands() {
      return List.of(
          List.of("python3", "-m", "venv", "."),
          List.of(
              "bin/pip",
              "install",
              "--quiet",
              "--disable-pip-version-check",
              "--retries",
              "1",
              "--timeout",
              "10",
              "--no-deps",
              "--require-hashes",
              "--only-binary",
              ":all:",
              "--requirement",
              "requirements.txt"));
    }
  };

  private static final Path SOURCES = Path.of("src", "test", "tools");

  private final String program;
  private final List<String> files;
  private String missing = "";

  Installation(String program, List<String> files) {
    this.program = program;
    this.files = files;
  }

  abstract List<List<String>> commands();

  /** Where they are; below it what a test writes finds them. */
  synchronized Path folder() {
    if (!missing.isEmpty()) {
      abort(missing);
    }
    Path folder = Path.of("target", "tools", program).toAbsolutePath();
    try {
      Files.createDirectories(folder);
      // The tests run in several processes.
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock locked = channel.lock()) {
        if (!locked.isValid() || !Files.exists(folder.resolve("installed")) || !current(folder)) {
          install(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private boolean current(Path folder) throws IOException {
    for (String file : files) {
      if (Files.mismatch(SOURCES.resolve(file), folder.resolve(file)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private void install(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve("installed"));
    for (String file : files) {
      Files.copy(SOURCES.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    for (List<String> command : commands()) {
      run(folder, command);
    }
    Files.createFile(folder.resolve("installed"));
  }

  private void run(Path folder, List<String> command) {
    if (!Program.exists(command.getFirst(), folder)) {
      skip(program + " was not found");
    }
    Program.Result result = Program.run(folder, Map.of(), command);
    if (result.exit() != 0) {
      skip("`" + String.join(" ", command) + "` failed:\n" + result.output());
    }
  }

  private void skip(String why) {
    missing = "The real tools are left out of this run: " + why;
    abort(missing);
  }
}

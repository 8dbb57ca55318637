package dev.plumbline.cli.tools;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of other makers. */
final class Program {
  private static final int LIMIT_MINUTES = 3;

  private Program() {}

  /** How one ended; what it wrote to both streams. */
  record Result(int exit, String output) {}

  /** Runs it to its end in a folder. */
  static Result run(Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile("program", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new AssertionError(command + " runs on\n" + Files.readString(output));
      }
      Result result =
          new Result(
              process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
      Files.delete(output);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Whether there is one of that name, in the folder or on the path. */
  static boolean exists(String program, Path folder) {
    return Stream.concat(
            Stream.of(folder),
            Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of))
        .anyMatch(directory -> Files.isExecutable(directory.resolve(program)));
  }
}

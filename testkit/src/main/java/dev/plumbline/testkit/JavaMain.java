package dev.plumbline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A main class of the test's class path, to be run as a real process. Immutable: each method
 * returns a changed copy.
 *
 * @param environment all that the process gets, but for the few variables that programs need to run
 * @param input what it reads on standard input
 */
public record JavaMain(
    String mainClass,
    List<String> jvmOptions,
    List<String> arguments,
    Map<String, String> environment,
    Path directory,
    String input) {

  /** Passed on from the test's environment; anything else could change what is tested. */
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "XDG_CACHE_HOME");

  private static final List<String> QUICK_START =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8");

  public JavaMain {
    jvmOptions = List.copyOf(jvmOptions);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** A main class without arguments, in the test's own directory. */
  public static JavaMain of(String mainClass) {
    return new JavaMain(mainClass, List.of(), List.of(), Map.of(), Path.of(""), "");
  }

  public static JavaMain of(Class<?> mainClass) {
    return of(mainClass.getName());
  }

  /** Adds options of the JVM, such as {@code -Xmx64m}. */
  public JavaMain jvm(String... options) {
    return new JavaMain(
        mainClass, join(jvmOptions, options), arguments, environment, directory, input);
  }

  /** Adds arguments. */
  public JavaMain arguments(String... added) {
    return new JavaMain(
        mainClass, jvmOptions, join(arguments, added), environment, directory, input);
  }

  /** Adds a variable to the environment. */
  public JavaMain environment(String name, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(name, value);
    return new JavaMain(mainClass, jvmOptions, arguments, changed, directory, input);
  }

  /** The working directory. */
  public JavaMain in(Path workingDirectory) {
    return new JavaMain(mainClass, jvmOptions, arguments, environment, workingDirectory, input);
  }

  public JavaMain input(String text) {
    return new JavaMain(mainClass, jvmOptions, arguments, environment, directory, text);
  }

  private static List<String> join(List<String> before, String... added) {
    return Stream.concat(before.stream(), Stream.of(added)).toList();
  }

  /** Runs it to its end. */
  public JavaProcess.Result run() {
    try (JavaProcess process = start()) {
      return process.await();
    }
  }

  /** Starts it and returns at once. */
  public JavaProcess start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUICK_START);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile().getAbsoluteFile());
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      return new JavaProcess(process, mainClass + " " + String.join(" ", arguments));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

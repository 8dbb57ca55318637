package dev.plumbline.backup;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code pg_dump} and its {@code pg_restore}: those on the path, or those beside the one that the
 * project names.
 *
 * @param name as the project has it
 * @param environment whose {@code PATH} is searched
 */
record PgPrograms(String name, Map<String, String> environment) {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)(\\S*)");

  /** A program that is there. */
  record Found(Path path, int major, String version) {}

  /**
   * @throws PlumblineException 78 if it is not there, or says no version
   */
  Found dump() {
    return find(name)
        .orElseThrow(
            () ->
                missing(
                    "`" + name + "` was not found",
                    "Install PostgreSQL's client programs (Debian: postgresql-client), or say in"
                        + " `backup` of plumb.yaml where pg_dump is: `with: /usr/lib/postgresql/18/bin/pg_dump`."));
  }

  /** The one that reads what {@link #dump} writes. */
  Found restore() {
    Path dump = dump().path();
    Path beside = dump.resolveSibling("pg_restore");
    return (Files.isExecutable(beside) ? Optional.of(version(beside)) : find("pg_restore"))
        .orElseThrow(
            () ->
                missing(
                    "pg_restore, which checks the backup, was not found beside " + dump,
                    "Install it where pg_dump is; they come in one package."));
  }

  private Optional<Found> find(String program) {
    return candidates(program).filter(Files::isExecutable).findFirst().map(this::version);
  }

  private Stream<Path> candidates(String program) {
    return program.contains("/")
        ? Stream.of(Path.of(program))
        : Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(directory -> !directory.isEmpty())
            .map(directory -> Path.of(directory, program));
  }

  private Found version(Path program) {
    List<String> lines = new ArrayList<>();
    new Program(List.of(program.toString(), "--version"), environment).run(lines::add);
    Matcher version = VERSION.matcher(String.join("\n", lines));
    if (!version.find()) {
      throw missing(
          program + " does not say that it is a program of PostgreSQL's",
          "Name pg_dump itself in `backup` of plumb.yaml.");
    }
    return new Found(
        program, Integer.parseInt(version.group(1)), version.group(1) + version.group(2));
  }

  private static PlumblineException missing(String what, String next) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "No backup can be made: " + what + ".",
        "Nothing was changed in the database: without its backup the change does not begin.",
        next);
  }
}

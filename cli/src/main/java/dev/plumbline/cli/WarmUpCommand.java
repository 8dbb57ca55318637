package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * {@code plumb warm-up}: a tour of the commands for the launcher, which keeps the classes that it
 * loads in the start-up cache. Its output is of no interest, and it leaves nothing behind.
 */
@picocli.CommandLine.Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Command {
  private static final String INVARIANT =
      """
      says: Each row has its twin.
      every: SELECT oid AS twin, relname, relkind FROM pg_class WHERE relkind <> 'v'
      has: pg_class
      match: {twin: oid}
      with: {relkind: r}
      segment: relkind
      """;

  private static final String MIGRATION =
      """
      -- plumb:schema
      CREATE TABLE twins (id bigint PRIMARY KEY, of bigint NOT NULL);
      CREATE FUNCTION twin() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.of := (SELECT max(t.id) FROM twins AS t);
        RETURN NEW;
      END;
      $$;
      ALTER TABLE pg_class ADD COLUMN twin text;
      -- plumb:backfill twins
      -- plumb:verify twins
      """;

  private final PrintStream nowhere =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  @Override
  public ExitCode run() {
    try {
      Path directory = Files.createTempDirectory("plumb-warm-up");
      try {
        tour(directory);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.OK;
  }

  private void tour(Path directory) throws IOException {
    Files.createDirectory(directory.resolve("invariants"));
    Files.writeString(
        directory.resolve("plumb.yaml"), "project: warm-up\ndatabase: embedded:postgres\n");
    Files.writeString(directory.resolve("invariants/twins.yaml"), INVARIANT);
    Files.createDirectory(directory.resolve("migrations"));
    Files.writeString(directory.resolve("migrations/001_twins.sql"), MIGRATION);
    String project = directory.toString();
    call("--help");
    call("--version");
    call("audit", "--help");
    call("--project", project, "audit");
    call("--project", project, "audit", "twins", "--format", "json");
    call("--project", project, "audit", "no-such-invariant");
    call("--project", project, "lint");
    call("--project", project, "migrate");
  }

  private void call(String... arguments) {
    Terminal terminal = new Terminal(nowhere, nowhere, true, true, OptionalInt.of(80), true);
    new Plumb(terminal, Map.of(), new Stopping()).run(arguments);
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}

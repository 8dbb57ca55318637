package dev.plumbline.cli;

import dev.plumbline.embedded.EmbeddedServer;
import dev.plumbline.error.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** {@code plumb postgres}: keeps the embedded PostgreSQL up until it is told to stop. */
@picocli.CommandLine.Command(
    name = "postgres",
    description = {
      "Keeps the project's own PostgreSQL (embedded:postgres) up until Ctrl-C, and says how to reach"
          + " it with psql. Else it runs only while a command needs it.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false)
final class PostgresCommand implements Command {
  private final Invocation invocation;
  private final CountDownLatch stopped = new CountDownLatch(1);

  PostgresCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    if (invocation.json()) {
      throw UsageErrors.usage("This has no JSON form.", "Leave out --format json.");
    }
    try (OpenProject open = OpenProject.of(invocation);
        Stopping.Scope listening = invocation.stopping().calling(stopped::countDown)) {
      EmbeddedDatabase embedded =
          open.embedded()
              .orElseThrow(
                  () ->
                      UsageErrors.usage(
                          "The project's database is "
                              + open.database().label()
                              + ", which Plumbline neither starts nor stops.",
                          "Reach it as you always do."));
      tell(embedded, open.project().name());
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  /** The password stays in its file: a terminal's text is kept and shared. */
  private void tell(EmbeddedDatabase embedded, String name) {
    EmbeddedServer server = embedded.server();
    invocation
        .terminal()
        .out()
        .println(
            """
            PostgreSQL is up until Ctrl-C. In another terminal:

              PGPASSWORD="$(cat %s)" psql -h 127.0.0.1 -p %d -U %s %s

            Plumbline's own commands work meanwhile as ever."""
                .formatted(
                    quoted(shown(embedded.passwordFile())),
                    server.port(),
                    server.user(),
                    quoted(name)));
    invocation.terminal().out().flush();
  }

  /** From where the user is, if that is shorter. */
  private static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path path = file.toAbsolutePath().normalize();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[\\w./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

package dev.plumbline.backup;

import dev.plumbline.backup.PgPrograms.Found;
import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.PostgresBackup;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A dump by {@code pg_dump}, of the same moment in which the tables are counted: this transaction
 * lends it what it sees. Checked by reading it whole and by restoring its catalogue.
 */
record PostgresDump(JdbcUrl url, PgPrograms programs, Scratch scratch) implements Taker {

  @Override
  public String madeWith() {
    Found dump = programs.dump();
    programs.restore();
    requireNotOlder(dump);
    return "pg_dump " + dump.version();
  }

  /** It refuses a server that is newer than itself, and would do so only when it is needed. */
  private void requireNotOlder(Found dump) {
    int server;
    try (Session session = Database.of(url).openForReading(Timeouts.READING)) {
      server = major(session);
    }
    if (dump.major() < server) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "No backup can be made: pg_dump at "
              + dump.path()
              + " is version "
              + dump.version()
              + ", and the server is PostgreSQL "
              + server
              + ".",
          "Nothing was changed in the database: without its backup the change does not begin.",
          "Install pg_dump "
              + server
              + " or newer (Debian: postgresql-client-"
              + server
              + "), and name it in `backup` of plumb.yaml if it is not the first on the path:"
              + " `with: /usr/lib/postgresql/"
              + server
              + "/bin/pg_dump`.");
    }
  }

  @Override
  public String ending() {
    return ".dump";
  }

  /** What was there at the moment of the dump. */
  private record Content(
      int major,
      Map<String, Long> rows,
      List<String> catalogue,
      List<String> extensions,
      List<String> roles) {}

  @Override
  public String take(Path file) {
    Content there;
    try (Session session = Database.of(url).openForReading(Timeouts.READING)) {
      there =
          session.transaction(
              () -> {
                PostgresBackup.share().forEach(sql -> session.query(sql, row -> true));
                Content content = content(session);
                dump(session.one(PostgresBackup.snapshot(), row -> row.required(1)), file);
                return content;
              });
    }
    Checks.sameCounts(there.rows(), rows(file));
    return "read whole: %s, as counted in the same snapshot; %s"
        .formatted(Checks.counted(there.rows()), restored(there, file));
  }

  private static Content content(Session session) {
    Map<String, Long> rows = new TreeMap<>();
    for (Table table :
        session.query(
            PostgresBackup.tables(), row -> new Table(row.required(1), row.required(2)))) {
      String quoted =
          session.dialect().quote(table.schema()) + "." + session.dialect().quote(table.name());
      rows.put(
          CopyCounts.table(table.schema(), table.name()),
          session.one(PostgresBackup.count(quoted), row -> row.number(1)));
    }
    return new Content(
        major(session),
        rows,
        catalogue(session),
        session.query(PostgresBackup.extensions(), row -> row.required(1)),
        session.query(PostgresBackup.roles(), row -> row.required(1)));
  }

  private static int major(Session session) {
    return session.one(PostgresBackup.major(), row -> (int) row.number(1));
  }

  private record Table(String schema, String name) {}

  private static List<String> shared(Session session) {
    PostgresBackup.share().forEach(sql -> session.query(sql, row -> true));
    return catalogue(session);
  }

  private static List<String> catalogue(Session session) {
    return session.query(PostgresBackup.catalogue(), row -> row.required(1));
  }

  private void dump(String snapshot, Path file) {
    List<String> command =
        List.of(
            programs.dump().path().toString(),
            "--format=custom",
            "--no-password",
            "--snapshot=" + snapshot,
            "--lock-wait-timeout=" + Timeouts.READING.lock().toMillis(),
            "--file=" + file);
    Program.Result result =
        new Program(command, LibpqEnvironment.of(url, programs.environment())).run(line -> {});
    if (result.exit() != 0) {
      throw failed("pg_dump", result);
    }
  }

  private Map<String, Long> rows(Path file) {
    CopyCounts counts = new CopyCounts();
    Program.Result result =
        new Program(
                List.of(
                    programs.restore().path().toString(),
                    "--data-only",
                    "--file=-",
                    file.toString()),
                programs.environment())
            .run(counts);
    if (result.exit() != 0) {
      throw failed("pg_restore", result);
    }
    return counts.rows();
  }

  /** Restores all but the rows, and compares. */
  private String restored(Content there, Path file) {
    return scratch.with(
        there.major(),
        to -> {
          try (Session session = Database.of(to).openForWriting(Timeouts.READING)) {
            Set<String> missing = new HashSet<>(there.extensions());
            session
                .query(PostgresBackup.available(), row -> row.required(1))
                .forEach(missing::remove);
            int server = major(session);
            if (server < there.major()) {
              return "the catalogue was not restored, as there is only PostgreSQL "
                  + server
                  + " for trying it";
            }
            if (!missing.isEmpty()) {
              return "the catalogue was not restored, as PostgreSQL "
                  + server
                  + " for trying it has no "
                  + String.join(", ", missing);
            }
            makeRoles(session, there.roles());
            Program.Result result = restore(to, file);
            compare(there.catalogue(), session.transaction(() -> shared(session)), result);
            return "the catalogue restored into PostgreSQL %d: %,d objects, the same"
                .formatted(server, there.catalogue().size());
          }
        });
  }

  private static void makeRoles(Session session, List<String> roles) {
    List<String> known =
        new ArrayList<>(session.query(PostgresBackup.roles(), row -> row.required(1)));
    for (String role : roles) {
      if (!known.contains(role)) {
        session.execute(PostgresBackup.role(session.dialect().quote(role)));
      }
    }
  }

  /** Its exit code says little: an object that is there already counts as an error. */
  private Program.Result restore(JdbcUrl to, Path file) {
    Map<String, String> environment = LibpqEnvironment.of(to, programs.environment());
    return new Program(
            List.of(
                programs.restore().path().toString(),
                "--schema-only",
                "--no-owner",
                "--no-privileges",
                "--no-tablespaces",
                "--no-password",
                "--dbname=" + environment.get("PGDATABASE"),
                file.toString()),
            environment)
        .run(line -> {});
  }

  private static void compare(List<String> there, List<String> held, Program.Result result) {
    try {
      Checks.sameCatalogue(there, held);
    } catch (PlumblineException e) {
      if (result.errors().isEmpty()) {
        throw e;
      }
      throw new PlumblineException(
          e.code(), e.what() + "\npg_restore: " + result.errors(), e.safe(), e.next(), e);
    }
  }

  private static PlumblineException failed(String program, Program.Result result) {
    return new PlumblineException(
        ErrorCode.FAILED,
        "No backup could be made: "
            + program
            + " ended with exit code "
            + result.exit()
            + ":\n"
            + result.errors(),
        "Nothing was changed in the database, and no backup was kept.",
        "Remove the cause and run the command again.");
  }
}

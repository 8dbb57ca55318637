package dev.plumbline.journal;

import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The backups that were taken before a run began, or before it went on. */
public final class Backups {
  private final Session session;
  private final Dialect dialect;
  private final long run;

  public Backups(Session session, long run) {
    this.session = session;
    this.dialect = session.dialect();
    this.run = run;
  }

  /**
   * A backup that was made and checked.
   *
   * @param madeWith what made it, with its version where that is known
   * @param checked what was looked at to be sure of it
   * @param file where it is; empty, as its size and digest, where a command of the user's keeps it
   *     elsewhere
   */
  public record Entry(
      String madeWith,
      String checked,
      Optional<String> file,
      OptionalLong bytes,
      Optional<String> sha256) {}

  /** A backup as the journal has it. */
  public record Taken(Instant at, Entry entry) {}

  public void add(Entry backup) {
    session.execute(
        Sql.of(
            """
            INSERT INTO {} (run, n, made_with, checked, file, bytes, sha256)
            SELECT {}, count(*) + 1, {}, {}, {}, {}, {} FROM {} WHERE run = {}""",
            dialect.journalTable("backups"),
            run,
            Sql.value(backup.madeWith()),
            Sql.value(backup.checked()),
            Sql.value(backup.file().orElse(null)),
            backup.bytes().isPresent() ? Sql.of("{}", backup.bytes().getAsLong()) : Sql.of("NULL"),
            Sql.value(backup.sha256().orElse(null)),
            dialect.journalTable("backups"),
            run));
  }

  /** Oldest first. */
  public List<Taken> list() {
    return session.query(
        Sql.of(
            """
            SELECT {}, made_with, checked, file, bytes, sha256
            FROM {} WHERE run = {} ORDER BY n""",
            dialect.timestampText("taken_at"),
            dialect.journalTable("backups"),
            run),
        Backups::taken);
  }

  private static Taken taken(Row row) throws SQLException {
    return new Taken(
        row.instant(1).orElseThrow(),
        new Entry(
            row.required(2),
            row.required(3),
            row.optional(4),
            row.optionalNumber(5),
            row.optional(6)));
  }
}

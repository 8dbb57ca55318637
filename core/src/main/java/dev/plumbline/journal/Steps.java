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

/**
 * The steps of a migration's run: begun, finished, and what shows it. Where a step is a transaction
 * it is entered in that transaction.
 */
public final class Steps {
  private final Session session;
  private final Dialect dialect;
  private final long run;

  public Steps(Session session, long run) {
    this.session = session;
    this.dialect = session.dialect();
    this.run = run;
  }

  /**
   * A step as the journal has it.
   *
   * @param n its place in the run, from 1
   * @param step its word, such as {@code schema}
   * @param about what it does, in a line
   * @param digest SHA-256 of what the file says of it: a step that is done may not be edited
   * @param rows how many rows it was about, where it was about rows
   * @param evidence what was seen when it was done
   */
  public record Entry(
      int n,
      String step,
      String about,
      String digest,
      Instant begunAt,
      Optional<Instant> finishedAt,
      OptionalLong rows,
      Optional<String> evidence) {

    public boolean done() {
      return finishedAt.isPresent();
    }
  }

  /** In their order. */
  public List<Entry> list() {
    return session.query(
        Sql.of(
            "SELECT n, step, about, digest, {}, {}, rows, evidence FROM {} WHERE run = {} ORDER BY n",
            dialect.timestampText("begun_at"),
            dialect.timestampText("finished_at"),
            dialect.journalTable("steps"),
            run),
        Steps::entry);
  }

  private static Entry entry(Row row) throws SQLException {
    return new Entry(
        (int) row.number(1),
        row.required(2),
        row.required(3),
        row.required(4),
        row.instant(5).orElseThrow(),
        row.instant(6),
        row.optionalNumber(7),
        row.optional(8));
  }

  /**
   * A step begins, or begins again.
   *
   * @return whether it had begun before: a process that died may have done it already
   */
  public boolean begin(int n, String step, String about, String digest) {
    boolean before =
        session.one(
            Sql.of(
                "SELECT count(*) FROM {} WHERE run = {} AND n = {}",
                dialect.journalTable("steps"),
                run,
                n),
            row -> row.number(1) > 0);
    session.execute(
        before
            ? Sql.of(
                "UPDATE {} SET step = {}, about = {}, digest = {} WHERE run = {} AND n = {}",
                dialect.journalTable("steps"),
                Sql.value(step),
                Sql.value(about),
                Sql.value(digest),
                run,
                n)
            : Sql.of(
                "INSERT INTO {} (run, n, step, about, digest) VALUES ({}, {}, {}, {}, {})",
                dialect.journalTable("steps"),
                run,
                n,
                Sql.value(step),
                Sql.value(about),
                Sql.value(digest)));
    return before;
  }

  public void finish(int n, OptionalLong rows, String evidence) {
    session.execute(
        Sql.of(
            "UPDATE {} SET finished_at = {}, rows = {}, evidence = {} WHERE run = {} AND n = {}",
            dialect.journalTable("steps"),
            dialect.timestamp(),
            rows.isPresent() ? Sql.of("{}", rows.getAsLong()) : Sql.of("NULL"),
            Sql.value(evidence),
            run,
            n));
  }

  /** A step that was done is to be done again. */
  public void reopen(int n) {
    session.execute(
        Sql.of(
            "UPDATE {} SET finished_at = NULL WHERE run = {} AND n = {}",
            dialect.journalTable("steps"),
            run,
            n));
  }

  /** The runs that the step is made of, oldest first. */
  public List<Long> runs(int n) {
    return session.query(
        Sql.of(
            "SELECT child FROM {} WHERE run = {} AND n = {} ORDER BY child",
            dialect.journalTable("step_runs"),
            run,
            n),
        row -> row.number(1));
  }

  /** All runs that steps of this one are made of, oldest first. */
  public List<Long> runs() {
    return session.query(
        Sql.of(
            "SELECT child FROM {} WHERE run = {} ORDER BY child",
            dialect.journalTable("step_runs"),
            run),
        row -> row.number(1));
  }

  /** The run of which this one is a step, if it is one. */
  public OptionalLong partOf() {
    return session
        .query(
            Sql.of("SELECT run FROM {} WHERE child = {}", dialect.journalTable("step_runs"), run),
            row -> row.number(1))
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }
}

package dev.plumbline.journal;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import java.util.Optional;

/**
 * Where runs over documents write: what a transform's file says of that may hold variables, and
 * name another place tomorrow. A place is told as people read it, without secrets.
 */
public final class Places {
  private final Session session;
  private final Dialect dialect;

  public Places(Session session) {
    this.session = session;
    this.dialect = session.dialect();
  }

  /** Keeps the place of a run; one that was kept before is replaced. */
  public void keep(long run, String place) {
    session.execute(
        Sql.of(
            """
            INSERT INTO {} (run, place) VALUES ({}, {})
            ON CONFLICT (run) DO UPDATE SET place = excluded.place""",
            dialect.journalTable("places"),
            run,
            Sql.value(place)));
  }

  /** The place of a run; empty where an earlier version began it. */
  public Optional<String> find(long run) {
    return new Journal(session).hasPlaces()
        ? session.first(
            Sql.of("SELECT place FROM {} WHERE run = {}", dialect.journalTable("places"), run),
            row -> row.required(1))
        : Optional.empty();
  }
}

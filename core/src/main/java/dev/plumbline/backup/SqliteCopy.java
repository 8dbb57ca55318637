package dev.plumbline.backup;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.SqliteBackup;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.PlumblineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * SQLite's own copy, {@code VACUUM INTO}. It cannot be a part of a transaction, so another one
 * keeps writers away meanwhile: what is counted there is what is copied.
 */
record SqliteCopy(Database database) implements Taker {

  @Override
  public String madeWith() {
    return "SQLite's VACUUM INTO";
  }

  @Override
  public String ending() {
    return ".sqlite";
  }

  /** What a file holds. */
  private record Content(List<String> catalogue, Map<String, Long> rows) {}

  @Override
  public String take(Path file) {
    try (Session holding = database.openForWriting(Timeouts.WRITING);
        Session copying = database.openForWriting(Timeouts.WRITING)) {
      return holding.transaction(
          () -> {
            Content there = content(holding);
            copying.run(SqliteBackup.into(file.toString()));
            return check(there, file);
          });
    } catch (DatabaseException e) {
      throw new PlumblineException(
          e.code(),
          "No backup could be made in " + file.getParent() + ": " + e.what(),
          "Nothing was changed in the database: without its backup the change does not begin.",
          e.next(),
          e);
    }
  }

  private static Content content(Session session) {
    Map<String, Long> rows = new TreeMap<>();
    for (String table : session.query(SqliteBackup.tables(), row -> row.required(1))) {
      rows.put(
          table,
          session.one(SqliteBackup.count(session.dialect().quote(table)), row -> row.number(1)));
    }
    return new Content(session.query(SqliteBackup.catalogue(), row -> row.required(1)), rows);
  }

  private static String check(Content there, Path file) {
    Database copy = Database.of(JdbcUrl.parse("jdbc:sqlite:" + file));
    try (Session session = copy.openForReading(Timeouts.READING)) {
      List<String> faults = session.query(SqliteBackup.integrity(), row -> row.required(1));
      if (!faults.equals(List.of("ok"))) {
        throw Checks.wrong(String.join("; ", faults));
      }
      Content held = content(session);
      Checks.sameCatalogue(there.catalogue(), held.catalogue());
      Checks.sameCounts(there.rows(), held.rows());
    }
    return "opened: integrity_check, %,d objects, %s, as counted before"
        .formatted(there.catalogue().size(), Checks.counted(there.rows()));
  }
}

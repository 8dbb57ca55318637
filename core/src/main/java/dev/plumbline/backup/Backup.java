package dev.plumbline.backup;

import dev.plumbline.backup.BackupPlace.Command;
import dev.plumbline.backup.BackupPlace.PgDump;
import dev.plumbline.backup.BackupPlace.Usual;
import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.Backups;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The backup before a change. A file bears its name only when it has been checked; one that fails
 * the check is deleted, and the change does not begin. Backups are never deleted by Plumbline. Any
 * number of processes may take backups at once.
 */
public final class Backup {
  private final BackupPlace place;
  private final String name;
  private final Taker taker;
  private final Clock clock;

  /**
   * @param url the database's, from which other programs learn how to connect
   * @param place where to, and how
   * @param name how its files' names begin
   * @param environment where programs are looked for, and what they are given
   * @param scratch where a backup of PostgreSQL is tried
   * @throws PlumblineException 78 if this database's backups are not made that way
   */
  public Backup(
      JdbcUrl url,
      BackupPlace place,
      String name,
      Map<String, String> environment,
      Scratch scratch,
      Clock clock) {
    this.place = place;
    this.name = name;
    this.taker = taker(url, place, environment, scratch);
    this.clock = clock;
  }

  private static Taker taker(
      JdbcUrl url, BackupPlace place, Map<String, String> environment, Scratch scratch) {
    Database database = Database.of(url);
    return switch (place.method()) {
      case Command command -> new UserCommand(url, command.line(), environment);
      case Usual usual ->
          switch (url.dialect()) {
            case SqliteDialect sqlite -> new SqliteCopy(database);
            case PostgresDialect postgres ->
                new PostgresDump(url, new PgPrograms("pg_dump", environment), scratch);
          };
      case PgDump dump ->
          switch (url.dialect()) {
            case SqliteDialect sqlite -> throw notSqlite();
            case PostgresDialect postgres ->
                new PostgresDump(url, new PgPrograms(dump.program(), environment), scratch);
          };
    };
  }

  private static PlumblineException notSqlite() {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "pg_dump cannot make a backup of SQLite.",
        "Nothing was changed, and no backup was made.",
        "Leave `with` out of `backup` in plumb.yaml: SQLite writes its copy itself.");
  }

  /**
   * What would be made.
   *
   * @param folder where
   * @param with what makes it
   */
  public record Planned(Path folder, String with) {}

  /**
   * Looks whether a backup could be made, and writes nothing.
   *
   * @throws PlumblineException 78 if what makes it is missing or too old for the server
   */
  public Planned plan() {
    return new Planned(place.folder(), taker.madeWith());
  }

  /**
   * Makes a backup and checks it.
   *
   * @throws PlumblineException if there is none, or none that can be relied on; no file of it is
   *     left then
   */
  public Backups.Entry take() {
    String with = taker.madeWith();
    try (BackupFile file = BackupFile.begin(place.folder(), name, taker.ending(), clock)) {
      String checked = taker.take(file.path());
      return file.keep(with, checked);
    }
  }
}

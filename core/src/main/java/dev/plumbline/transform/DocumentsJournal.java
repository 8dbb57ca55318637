package dev.plumbline.transform;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The journal of runs over documents that live outside of a database: a file under {@code .plumb/}
 * of the project. Its runs are named d1, d2 and so on, since the project's database numbers its
 * own.
 */
public final class DocumentsJournal {
  /** What begins the names of its runs. */
  public static final String PREFIX = "d";

  private final Path folder;
  private final Path file;

  /**
   * @param project the project's directory
   */
  public DocumentsJournal(Path project) {
    this.folder = project.resolve(".plumb").normalize();
    this.file = folder.resolve("documents.sqlite");
  }

  /** Whether there ever was a run. */
  public boolean exists() {
    return Files.isRegularFile(file);
  }

  /** Where a run lays its evidence down. */
  public Path runFolder(String run) {
    return folder.resolve("runs").resolve(run);
  }

  /** Where the newest dry run of a transform lays down what it would do. */
  public Path planFolder(String transform) {
    return folder.resolve("plans").resolve(transform);
  }

  /** What dry runs have left. */
  public DryRuns dryRuns() {
    return new DryRuns(folder.resolve("plans"));
  }

  /** The file as a database; it must be there when it is opened. */
  public JdbcUrl url() {
    JdbcUrl url = JdbcUrl.parse("jdbc:sqlite:" + file);
    return new JdbcUrl(url.url(), file.toString(), new SqliteDialect(PREFIX), url.properties());
  }

  public Database database() {
    return Database.of(url());
  }

  /** Gives back the room of what was purged, so that none of its text can be read from the file. */
  public void compact() {
    try (Session session = database().openForWriting(Timeouts.WRITING)) {
      session.run(Sql.of("VACUUM"));
      session.first(Sql.of("PRAGMA wal_checkpoint(TRUNCATE)"), row -> row.number(1));
    }
  }

  /**
   * Makes the file where it is not there yet. Readers and a writer do not wait for each other in
   * it, and a commit is on the disk when it returns.
   *
   * @throws PlumblineException 77 if that is not permitted
   */
  public Database create() {
    try {
      Files.createDirectories(folder);
      OwnerOnly.makeFile(file);
    } catch (FileAlreadyExistsException there) {
      return database();
    } catch (IOException e) {
      throw new PlumblineException(
          ErrorCode.DENIED,
          "The operating system does not let Plumbline make " + file + ": " + FileRefusal.of(e),
          "Nothing was written: without a journal nothing could be taken back.",
          "Give write permission there, then run the command again.",
          e);
    }
    Database database = database();
    try (Session session = database.openForWriting(Timeouts.WRITING)) {
      session.first(Sql.of("PRAGMA journal_mode = WAL"), row -> row.required(1));
    }
    return database;
  }
}

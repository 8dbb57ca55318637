package dev.plumbline.backup;

import java.nio.file.Path;

/**
 * Where backups go and how they are made, as {@code backup} in {@code plumb.yaml} says.
 *
 * @param folder made if it is not there
 */
public record BackupPlace(Path folder, Method method) {

  /** How a backup is made. */
  public sealed interface Method {}

  /** As is usual for the database: SQLite by itself, PostgreSQL by {@code pg_dump}. */
  public record Usual() implements Method {}

  /**
   * By {@code pg_dump}.
   *
   * @param program its name, looked for on the path, or where it is
   */
  public record PgDump(String program) implements Method {}

  /**
   * By a command of the user's.
   *
   * @param line as a shell reads it
   */
  public record Command(String line) implements Method {}
}

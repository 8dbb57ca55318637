package dev.plumbline.report;

import dev.plumbline.backup.Backup.Planned;
import dev.plumbline.journal.Backups;

/** Backups as text. */
public final class BackupText {
  private BackupText() {}

  /** What would be taken. */
  public static String planned(Planned backup) {
    return "First a backup is taken into "
        + Printable.of(backup.folder().toString())
        + ", by "
        + Printable.of(backup.with())
        + ", and checked.\n";
  }

  /** What was taken. */
  public static String taken(Backups.Entry backup, TextStyle style) {
    return style.green("Backup taken")
        + backup.file().map(file -> ": " + Printable.of(file)).orElse("")
        + " ("
        + details(backup)
        + ").\n";
  }

  /** A line in a run's record. */
  static String fact(Backups.Entry backup) {
    return backup.file().orElse("kept by the command")
        + " ("
        + details(backup)
        + ")"
        + backup.sha256().map(digest -> ", SHA-256 " + digest).orElse("");
  }

  private static String details(Backups.Entry backup) {
    return Printable.of(backup.madeWith())
        + (backup.bytes().isPresent()
            ? ", " + Figures.count(backup.bytes().getAsLong(), "byte", "bytes")
            : "")
        + "; "
        + Printable.of(backup.checked());
  }
}

package dev.plumbline.cli;

import dev.plumbline.backup.Backup;
import dev.plumbline.backup.Backup.Planned;
import dev.plumbline.journal.Backups;
import dev.plumbline.report.BackupText;
import java.util.Optional;

/** The backup before a change, where the project wants one and there is something to do. */
final class TakenFirst {
  private TakenFirst() {}

  /**
   * What would be taken.
   *
   * @throws dev.plumbline.error.PlumblineException if it could not be made here
   */
  static Optional<Planned> plan(Invocation invocation, OpenProject open, boolean nothingToDo) {
    return nothingToDo ? Optional.empty() : open.backup(invocation.environment()).map(Backup::plan);
  }

  /**
   * Takes it, and says so unless the result is JSON.
   *
   * @throws dev.plumbline.error.PlumblineException if there is none that can be relied on; then
   *     nothing may be changed
   */
  static Optional<Backups.Entry> take(
      Invocation invocation, OpenProject open, boolean nothingToDo) {
    if (nothingToDo) {
      return Optional.empty();
    }
    Optional<Backups.Entry> taken =
        open.backup(invocation.environment())
            .map(backup -> invocation.waiting("taking a backup, and checking it", backup::take));
    if (!invocation.json()) {
      taken.ifPresent(
          entry -> invocation.terminal().out().print(BackupText.taken(entry, invocation.style())));
    }
    return taken;
  }
}

package dev.plumbline.status;

import dev.plumbline.migration.ChecklistPoint;
import dev.plumbline.migration.History;
import dev.plumbline.migration.Part;
import dev.plumbline.migration.Version;
import java.util.List;
import java.util.Optional;

/**
 * How a migration stands.
 *
 * @param file the file's name; where the file is gone, what the journal calls it
 * @param standing what the journal has of it; empty: it was never begun
 * @param next what one that was begun goes on with
 * @param open points of its checklist that nobody has filled in
 */
public record MigrationLine(
    Version version,
    String file,
    Optional<History.Entry> standing,
    Optional<Part> next,
    List<ChecklistPoint.Kind> open) {
  public MigrationLine {
    open = List.copyOf(open);
  }

  /** Whether it is still to be applied, or was taken back. */
  public boolean pending() {
    return standing.isEmpty() || standing.get().state() == History.State.UNDONE;
  }
}

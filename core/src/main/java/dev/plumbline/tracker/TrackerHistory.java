package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;

/**
 * What one tool's table says.
 *
 * @param recorded in the order applied
 * @param lock a sentence, if the tool's own lock is held: it is running, or died while it ran
 * @param rows the table's rows as they are, from which changes to it are made
 */
public record TrackerHistory(
    Tool tool, Table table, List<Recorded> recorded, Optional<String> lock, List<TrackerRow> rows) {
  public TrackerHistory {
    recorded = List.copyOf(recorded);
    rows = List.copyOf(rows);
  }
}

package dev.plumbline.project;

import dev.plumbline.error.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Another tool that keeps record of migrations in the database, and where its files are.
 *
 * @param tool its name as written; whether there is such a tool is found out by who reads trackers
 * @param position where the name stands
 * @param table its table, with its schema or without; empty: the one that is found
 * @param folders where its migrations are; empty: where the tool usually keeps them
 */
public record TrackerSetting(
    String tool, Position position, Optional<String> table, List<Path> folders) {
  public TrackerSetting {
    folders = List.copyOf(folders);
  }
}

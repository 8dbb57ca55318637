package dev.plumbline.project;

import dev.plumbline.layout.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Another tool that keeps record of migrations in the database, and where its files are.
 *
 * @param table its table, with its schema or without; empty: the one that is found
 * @param folders where its migrations are; empty: where the tool usually keeps them
 */
public record TrackerSetting(Tool tool, Optional<String> table, List<Path> folders) {
  public TrackerSetting {
    folders = List.copyOf(folders);
  }
}

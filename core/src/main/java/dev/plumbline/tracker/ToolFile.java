package dev.plumbline.tracker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A migration as it stands in the tool's folder.
 *
 * @param revision as the tool would record it
 * @param line where it begins: more than one may stand in a file of Liquibase
 * @param sql what runs forward, at the same offsets as in the file: the parts that take back are
 *     blanked, placeholders are names of the same length. Empty: not written in SQL
 * @param checksum as the tool would write it today; empty where it keeps none, or one that cannot
 *     be computed
 * @param repeatable whether the tool runs it again whenever it changes
 * @param after the revisions that it builds on, where the file names them (Alembic, Django)
 * @param replaces the revisions that it stands for (Django's squashed ones)
 */
public record ToolFile(
    String revision,
    String description,
    Path path,
    int line,
    Optional<String> sql,
    Optional<String> checksum,
    boolean repeatable,
    List<String> after,
    List<String> replaces) {
  public ToolFile {
    after = List.copyOf(after);
    replaces = List.copyOf(replaces);
  }

  /** One that is not written in SQL. */
  static ToolFile of(String revision, String description, Path path) {
    return new ToolFile(
        revision,
        description,
        path,
        1,
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(),
        List.of());
  }

  /** The same, by the name that the tool records it under. */
  ToolFile recordedAs(String name) {
    return new ToolFile(name, description, path, line, sql, checksum, repeatable, after, replaces);
  }

  ToolFile running(String text) {
    return new ToolFile(
        revision,
        description,
        path,
        line,
        Optional.of(text),
        checksum,
        repeatable,
        after,
        replaces);
  }

  ToolFile summed(Optional<String> sum) {
    return new ToolFile(revision, description, path, line, sql, sum, repeatable, after, replaces);
  }

  ToolFile fromLine(int number) {
    return new ToolFile(
        revision, description, path, number, sql, checksum, repeatable, after, replaces);
  }

  ToolFile again() {
    return new ToolFile(revision, description, path, line, sql, checksum, true, after, replaces);
  }

  ToolFile following(List<String> parents, List<String> stoodFor) {
    return new ToolFile(
        revision, description, path, line, sql, checksum, repeatable, parents, stoodFor);
  }
}

package dev.plumbline.lint;

import dev.plumbline.layout.Section;
import dev.plumbline.parser.Statement;
import java.util.List;

/**
 * A statement of a file, with what it does.
 *
 * @param number its place in the file, from 0
 */
public record LintStatement(
    int number, Section section, Statement statement, List<Change> changes) {
  public LintStatement {
    changes = List.copyOf(changes);
  }
}

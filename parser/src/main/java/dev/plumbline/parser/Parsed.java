package dev.plumbline.parser;

import java.util.List;

/**
 * A text taken apart. Where something in it is wrong, the statements around it are there all the
 * same.
 *
 * @param statements in the order of the text
 * @param errors one for each statement that PostgreSQL would not read
 * @param metaCommands what only psql understands; they are in no statement
 */
public record Parsed(
    List<Statement> statements, List<SyntaxError> errors, List<MetaCommand> metaCommands) {
  public Parsed {
    statements = List.copyOf(statements);
    errors = List.copyOf(errors);
    metaCommands = List.copyOf(metaCommands);
  }
}

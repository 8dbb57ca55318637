package dev.plumbline.lint;

import dev.plumbline.parser.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a function in PL/pgSQL does to rows, read from its text. Branches are taken together: what
 * one of them writes, the function writes.
 *
 * @param shape the text without comments and layout; two bodies of one shape do the same
 * @param variables what is assigned to each variable, in the order of the text
 * @param writes the columns that it writes
 */
public record Body(String shape, Map<String, List<Value>> variables, List<Write> writes) {
  public Body {
    variables = Map.copyOf(variables);
    writes = List.copyOf(writes);
  }

  /**
   * An expression.
   *
   * @param tree its parse tree
   * @param sql its text, as it can stand in parentheses; empty where it cannot stand alone
   */
  public record Value(Node tree, Optional<String> sql) {}

  /** How a column is written. */
  public enum Manner {
    /** {@code NEW.column := …}, in the row that the trigger is about. */
    NEW_ROW,
    UPDATE,
    INSERT,
    /** {@code INSERT … ON CONFLICT … DO UPDATE SET column = …}. */
    UPSERT
  }

  /**
   * A column that is written.
   *
   * @param table empty for {@link Manner#NEW_ROW}: the trigger's own table
   * @param alias how the statement calls the table
   * @param condition which rows are written; empty for none
   */
  public record Write(
      Optional<Relation> table,
      String alias,
      Manner manner,
      String column,
      Value value,
      Node condition) {}
}

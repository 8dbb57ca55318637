package dev.plumbline.lint;

import dev.plumbline.parser.Node;
import java.util.List;

/**
 * A constraint as a statement defines it.
 *
 * @param name empty where the database chooses one
 * @param columns of a key, or those that a check reads
 * @param notValid whether existing rows are left unchecked
 * @param tree the node {@code Constraint}
 */
public record Constraint(
    Kind kind, String name, List<String> columns, boolean notValid, boolean usingIndex, Node tree) {
  public Constraint {
    columns = List.copyOf(columns);
  }

  /** What it demands. */
  public enum Kind {
    PRIMARY_KEY("PRIMARY KEY"),
    UNIQUE("UNIQUE"),
    CHECK("CHECK"),
    FOREIGN_KEY("FOREIGN KEY"),
    EXCLUDE("EXCLUDE"),
    NOT_NULL("NOT NULL");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }

    /** How SQL calls it. */
    public String sql() {
      return sql;
    }
  }
}

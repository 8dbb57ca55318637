package dev.plumbline.lint;

import dev.plumbline.parser.Node;
import java.util.List;
import java.util.Optional;

/**
 * What a statement does, as far as rules ask for it. A statement may do several things, and each of
 * them knows its place.
 */
public sealed interface Change {

  /** Where in the file's text it stands, in chars from 0. */
  int offset();

  /** A change to a table, or to the rows in it. */
  sealed interface OfTable extends Change {
    Relation table();
  }

  /**
   * A new table.
   *
   * @param definition the statement's tree
   * @param filled whether it is made with rows in it ({@code CREATE TABLE … AS})
   */
  record TableMade(
      Relation table,
      boolean ifNotExists,
      boolean filled,
      List<ColumnDefinition> columns,
      List<Constraint> constraints,
      Node definition,
      int offset)
      implements OfTable {
    public TableMade {
      columns = List.copyOf(columns);
      constraints = List.copyOf(constraints);
    }
  }

  /** A new column of an existing table. */
  record ColumnAdded(Relation table, ColumnDefinition column, boolean ifNotExists, int offset)
      implements OfTable {}

  /** A column goes. */
  record ColumnDropped(Relation table, String column, boolean ifExists, int offset)
      implements OfTable {}

  /** {@code SET NOT NULL}. */
  record NotNullSet(Relation table, String column, int offset) implements OfTable {}

  /** {@code SET DEFAULT}. */
  record DefaultSet(Relation table, String column, Node expression, int offset)
      implements OfTable {}

  /** {@code ADD CONSTRAINT}, alone or with a new column. */
  record ConstraintAdded(Relation table, Constraint constraint, int offset) implements OfTable {}

  /** {@code VALIDATE CONSTRAINT}. */
  record ConstraintValidated(Relation table, String name, int offset) implements OfTable {}

  /** {@code DROP CONSTRAINT}. */
  record ConstraintDropped(Relation table, String name, boolean ifExists, int offset)
      implements OfTable {}

  /** {@code ALTER TABLE … ROW LEVEL SECURITY}. */
  record RowSecurity(Relation table, Setting setting, int offset) implements OfTable {
    /** What becomes of it. */
    public enum Setting {
      ENABLED,
      DISABLED,
      FORCED,
      NOT_FORCED
    }
  }

  /**
   * Any other part of an {@code ALTER TABLE}.
   *
   * @param subtype PostgreSQL's name for it, such as {@code AT_AlterColumnType}
   * @param name of the column or other part, where there is one
   * @param command its tree
   */
  record TableAltered(Relation table, String subtype, String name, Node command, int offset)
      implements OfTable {}

  /** {@code ALTER TABLE … RENAME TO}. */
  record TableRenamed(Relation table, String to, int offset) implements OfTable {}

  /** {@code ALTER TABLE … RENAME COLUMN}. */
  record ColumnRenamed(Relation table, String column, String to, int offset) implements OfTable {}

  /** A new index. */
  record IndexMade(
      Relation table,
      String name,
      boolean unique,
      boolean concurrently,
      boolean ifNotExists,
      List<String> columns,
      Node definition,
      int offset)
      implements OfTable {
    public IndexMade {
      columns = List.copyOf(columns);
    }
  }

  /** A new trigger, or another in its place. */
  record TriggerMade(
      Relation table,
      String name,
      Relation function,
      boolean before,
      TriggerEvents events,
      int offset)
      implements OfTable {}

  /**
   * A new function, or another in its place.
   *
   * @param ofTrigger whether it returns {@code trigger}
   * @param isVolatile whether two calls may give two values; so it is unless it says otherwise
   * @param body what it does to rows; empty where that cannot be read
   */
  record FunctionMade(
      Relation function,
      boolean replaces,
      boolean ofTrigger,
      boolean isVolatile,
      Optional<Body> body,
      int offset)
      implements Change {}

  /**
   * Rows of a table are written.
   *
   * @param columns those set; empty where the statement does not name them
   * @param statement its tree
   * @param sql the text that the tree's places are offsets of
   * @param inBody whether it stands in a {@code DO} block
   */
  record RowsWritten(
      Relation table,
      Writing writing,
      List<String> columns,
      Node statement,
      String sql,
      boolean inBody,
      int offset)
      implements OfTable {
    public RowsWritten {
      columns = List.copyOf(columns);
    }

    /** The statement's sort. */
    public enum Writing {
      INSERT,
      UPDATE,
      DELETE,
      MERGE,
      COPY,
      TRUNCATE
    }
  }

  /** An object goes. */
  record Dropped(
      String kind, Relation object, Optional<Relation> onTable, boolean ifExists, int offset)
      implements Change {}

  /** A new object of a kind that rules ask nothing about but whether it is there. */
  record ObjectMade(String kind, Relation object, int offset) implements Change {}

  /** A function or procedure is called by the file itself. */
  record Called(Relation function, int offset) implements Change {}

  /**
   * {@code BEGIN}, {@code COMMIT} and their like.
   *
   * @param kind PostgreSQL's name, such as {@code TRANS_STMT_BEGIN}
   */
  record Transaction(String kind, int offset) implements Change {}

  /** {@code SET name = value}. */
  record SettingSet(String name, String value, int offset) implements Change {}

  /**
   * A statement of any other sort.
   *
   * @param kind what it is in PostgreSQL's grammar, such as {@code LockStmt}
   */
  record Other(String kind, Node tree, int offset) implements Change {}
}

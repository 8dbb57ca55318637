package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import java.util.List;
import java.util.Optional;

/**
 * Something that must be true of the catalogue after a statement was run. Definitions are kept as
 * parse trees; {@link Node.Fields#NONE} stands for one that is not claimed, only that the object is
 * there.
 */
public sealed interface Claim {

  Subject subject();

  Origin origin();

  /** The same of another subject: after a rename. */
  Claim about(Subject subject);

  /** Everything that the claim says beyond the subject's existence. */
  default Node detail() {
    return Node.Fields.NONE;
  }

  /** The same with another detail; {@link Node.Fields#NONE} keeps the existence alone. */
  default Claim withDetail(Node detail) {
    return this;
  }

  /**
   * A table, view, sequence, schema, extension, domain, … is there.
   *
   * @param detail of a view its query, of any other nothing
   */
  record Exists(Subject subject, Node detail, Origin origin) implements Claim {
    @Override
    public Exists about(Subject other) {
      return new Exists(other, detail, origin);
    }

    @Override
    public Exists withDetail(Node other) {
      return new Exists(subject, other, origin);
    }
  }

  /**
   * A column is there.
   *
   * @param type empty where it is not claimed, as all that follows
   * @param fill its default or generating expression; {@link Node.Fields#NONE}: it has none
   * @param generated {@code a} or {@code d} for an identity, {@code s} or {@code v} for an
   *     expression
   */
  record ColumnExists(
      Subject subject,
      Optional<TypeShape> type,
      Optional<Boolean> notNull,
      Optional<Node> fill,
      Optional<String> generated,
      Origin origin)
      implements Claim {
    @Override
    public ColumnExists about(Subject other) {
      return new ColumnExists(other, type, notNull, fill, generated, origin);
    }

    @Override
    public Node detail() {
      return fill.orElse(Node.Fields.NONE);
    }

    @Override
    public ColumnExists withDetail(Node other) {
      return new ColumnExists(
          subject,
          type,
          notNull,
          fill.isPresent() && other != Node.Fields.NONE ? Optional.of(other) : Optional.empty(),
          generated,
          origin);
    }

    ColumnExists withType(Optional<TypeShape> other) {
      return new ColumnExists(subject, other, notNull, fill, generated, origin);
    }

    ColumnExists withNotNull(Optional<Boolean> other) {
      return new ColumnExists(subject, type, other, fill, generated, origin);
    }

    ColumnExists withFill(Optional<Node> other) {
      return new ColumnExists(subject, type, notNull, other, generated, origin);
    }

    ColumnExists withGenerated(Optional<String> other) {
      return new ColumnExists(subject, type, notNull, fill, other, origin);
    }
  }

  /**
   * An index is there and usable.
   *
   * @param detail a node IndexStmt
   * @param valid false where it waits for its partitions' indexes ({@code ON ONLY})
   */
  record IndexExists(Subject subject, Node detail, boolean valid, Origin origin) implements Claim {
    @Override
    public IndexExists about(Subject other) {
      return new IndexExists(other, detail, valid, origin);
    }

    @Override
    public IndexExists withDetail(Node other) {
      return new IndexExists(subject, other, valid, origin);
    }
  }

  /**
   * A constraint is there.
   *
   * @param type PostgreSQL's ConstrType; empty where any will do
   * @param detail a node Constraint, its columns always in {@code keys} or {@code fk_attrs}
   * @param validated whether all rows must have been checked
   */
  record ConstraintExists(
      Subject subject, String type, Node detail, boolean validated, Origin origin)
      implements Claim {
    @Override
    public ConstraintExists about(Subject other) {
      return new ConstraintExists(other, type, detail, validated, origin);
    }

    @Override
    public ConstraintExists withDetail(Node other) {
      return new ConstraintExists(subject, type, other, validated, origin);
    }

    ConstraintExists withValidated() {
      return new ConstraintExists(subject, type, detail, true, origin);
    }
  }

  /**
   * A trigger is there.
   *
   * @param detail a node CreateTrigStmt
   * @param firing pg_trigger's {@code tgenabled}; empty where it is not claimed
   */
  record TriggerExists(Subject subject, Node detail, Optional<String> firing, Origin origin)
      implements Claim {
    @Override
    public TriggerExists about(Subject other) {
      return new TriggerExists(other, detail, firing, origin);
    }

    @Override
    public TriggerExists withDetail(Node other) {
      return new TriggerExists(subject, other, firing, origin);
    }

    TriggerExists withFiring(Optional<String> other) {
      return new TriggerExists(subject, detail, other, origin);
    }
  }

  /**
   * A function or procedure is there, and does what was written.
   *
   * @param detail a node CreateFunctionStmt
   */
  record FunctionExists(Subject subject, Node detail, Origin origin) implements Claim {
    @Override
    public FunctionExists about(Subject other) {
      return new FunctionExists(other, detail, origin);
    }

    @Override
    public FunctionExists withDetail(Node other) {
      return new FunctionExists(subject, other, origin);
    }
  }

  /** An enum has these labels in this order; there may be more. */
  record EnumHas(Subject subject, List<String> labels, Origin origin) implements Claim {
    public EnumHas {
      labels = List.copyOf(labels);
    }

    @Override
    public EnumHas about(Subject other) {
      return new EnumHas(other, labels, origin);
    }
  }

  /**
   * A policy is there.
   *
   * @param detail a node CreatePolicyStmt
   */
  record PolicyExists(Subject subject, Node detail, Origin origin) implements Claim {
    @Override
    public PolicyExists about(Subject other) {
      return new PolicyExists(other, detail, origin);
    }

    @Override
    public PolicyExists withDetail(Node other) {
      return new PolicyExists(subject, other, origin);
    }
  }

  /**
   * Row-level security of a table.
   *
   * @param enabled empty where it is not claimed
   * @param forced likewise
   */
  record RowSecurity(
      Subject subject, Optional<Boolean> enabled, Optional<Boolean> forced, Origin origin)
      implements Claim {
    @Override
    public RowSecurity about(Subject other) {
      return new RowSecurity(other, enabled, forced, origin);
    }
  }

  /** An object has this comment, or none. */
  record CommentIs(Subject subject, Optional<String> comment, Origin origin) implements Claim {
    @Override
    public CommentIs about(Subject other) {
      return new CommentIs(other, comment, origin);
    }
  }

  /** Nothing of that name is there. */
  record Absent(Subject subject, Origin origin) implements Claim {
    @Override
    public Absent about(Subject other) {
      return new Absent(other, origin);
    }
  }

  /**
   * SQLite: an object is there with this definition.
   *
   * @param body the words after its name, as {@code sqlite_schema} keeps them; empty where only its
   *     existence is claimed
   */
  record SqliteObject(Subject subject, List<String> body, Origin origin) implements Claim {
    public SqliteObject {
      body = List.copyOf(body);
    }

    @Override
    public SqliteObject about(Subject other) {
      return new SqliteObject(other, body, origin);
    }
  }

  /**
   * SQLite: a table has this column.
   *
   * @param type as written; empty where it is not claimed
   */
  record SqliteColumn(Subject subject, Optional<String> type, Origin origin) implements Claim {
    @Override
    public SqliteColumn about(Subject other) {
      return new SqliteColumn(other, type, origin);
    }
  }
}

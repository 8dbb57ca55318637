package dev.plumbline.claim;

import java.util.Arrays;
import java.util.Optional;

/** What sort of thing a claim is about. */
public enum Kind {
  TABLE("table"),
  VIEW("view"),
  /** A table, view, … where a statement does not say which. */
  RELATION("relation"),
  MATERIALIZED_VIEW("materialized view"),
  FOREIGN_TABLE("foreign table"),
  SEQUENCE("sequence"),
  INDEX("index"),
  COLUMN("column"),
  CONSTRAINT("constraint"),
  TRIGGER("trigger"),
  POLICY("policy"),
  FUNCTION("function"),
  PROCEDURE("procedure"),
  AGGREGATE("aggregate"),
  TYPE("type"),
  DOMAIN("domain"),
  SCHEMA("schema"),
  EXTENSION("extension");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  /** How people call it. */
  public String word() {
    return word;
  }

  /**
   * The kind that people call so.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Kind named(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no kind of object " + word));
  }

  /** Tables and what shares their names. */
  boolean isRelation() {
    return switch (this) {
      case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX -> true;
      case COLUMN, CONSTRAINT, TRIGGER, POLICY, FUNCTION, PROCEDURE, AGGREGATE -> false;
      case TYPE, DOMAIN, SCHEMA, EXTENSION -> false;
    };
  }

  boolean isRoutine() {
    return this == FUNCTION || this == PROCEDURE || this == AGGREGATE;
  }

  boolean isType() {
    return this == TYPE || this == DOMAIN;
  }

  /** Of two kinds that share one space of names, an object has one name only once. */
  boolean sharesNamesWith(Kind other) {
    return this == other
        || (isRelation() && other.isRelation())
        || (isRoutine() && other.isRoutine())
        || (isType() && other.isType());
  }

  /** PostgreSQL's ObjectType; empty for those that nothing is claimed of. */
  static Optional<Kind> of(String objectType) {
    return switch (objectType) {
      case "OBJECT_TABLE" -> Optional.of(TABLE);
      case "OBJECT_VIEW" -> Optional.of(VIEW);
      case "OBJECT_MATVIEW" -> Optional.of(MATERIALIZED_VIEW);
      case "OBJECT_FOREIGN_TABLE" -> Optional.of(FOREIGN_TABLE);
      case "OBJECT_SEQUENCE" -> Optional.of(SEQUENCE);
      case "OBJECT_INDEX" -> Optional.of(INDEX);
      case "OBJECT_COLUMN" -> Optional.of(COLUMN);
      case "OBJECT_TABCONSTRAINT" -> Optional.of(CONSTRAINT);
      case "OBJECT_TRIGGER" -> Optional.of(TRIGGER);
      case "OBJECT_POLICY" -> Optional.of(POLICY);
      case "OBJECT_FUNCTION", "OBJECT_ROUTINE" -> Optional.of(FUNCTION);
      case "OBJECT_PROCEDURE" -> Optional.of(PROCEDURE);
      case "OBJECT_AGGREGATE" -> Optional.of(AGGREGATE);
      case "OBJECT_TYPE" -> Optional.of(TYPE);
      case "OBJECT_DOMAIN" -> Optional.of(DOMAIN);
      case "OBJECT_SCHEMA" -> Optional.of(SCHEMA);
      case "OBJECT_EXTENSION" -> Optional.of(EXTENSION);
      default -> Optional.empty();
    };
  }
}

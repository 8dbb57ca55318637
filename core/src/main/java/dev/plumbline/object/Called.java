package dev.plumbline.object;

import dev.plumbline.claim.Kind;
import dev.plumbline.claim.ObjectName;
import dev.plumbline.claim.Place;
import dev.plumbline.claim.Subject;
import dev.plumbline.dialect.Dialect;

/** What objects are called: by people, and in SQL. */
final class Called {
  private Called() {}

  /** A part of a table with its table: {@code goals.status}. */
  static String name(Subject subject) {
    String name = subject.name().name();
    boolean part = subject.kind() != Kind.INDEX && subject.on().isPresent();
    return part
        ? subject.on().get() + (name.isEmpty() ? "" : "." + name)
        : subject.name().toString();
  }

  static String table(Subject subject) {
    return subject.on().orElse(subject.name()).toString();
  }

  static String sql(Dialect dialect, ObjectName name) {
    return name.schema().map(s -> dialect.quote(s) + ".").orElse("") + dialect.quote(name.name());
  }

  /** The table of a part, or a relation itself. */
  static String table(Dialect dialect, Place place) {
    String relation = place.table().isEmpty() ? place.name() : place.table();
    return qualified(dialect, place.schema(), relation);
  }

  /** As {@code DROP} and {@code COMMENT ON} take it, after the word for its kind. */
  static String sql(Dialect dialect, Place place) {
    String name = dialect.quote(place.name());
    return switch (place.kind()) {
      case CONSTRAINT, TRIGGER, POLICY ->
          place.table().isEmpty()
              ? qualified(dialect, place.schema(), place.name())
              : name + " ON " + table(dialect, place);
      case COLUMN -> table(dialect, place) + "." + name;
      case FUNCTION, PROCEDURE, AGGREGATE ->
          qualified(dialect, place.schema(), place.name())
              + "("
              + String.join(", ", place.arguments())
              + ")";
      case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
          qualified(dialect, place.schema(), place.name());
      case TYPE, DOMAIN -> qualified(dialect, place.schema(), place.name());
      case SCHEMA, EXTENSION -> name;
    };
  }

  private static String qualified(Dialect dialect, String schema, String name) {
    return (schema.isEmpty() ? "" : dialect.quote(schema) + ".") + dialect.quote(name);
  }
}

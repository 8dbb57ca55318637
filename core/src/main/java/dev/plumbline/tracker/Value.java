package dev.plumbline.tracker;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;

/** A value to write into a tool's table, whatever the database. */
public sealed interface Value {
  /** A text; also what a column of another type reads from one. */
  record Text(String text) implements Value {}

  record Number(long number) implements Value {}

  record Truth(boolean truth) implements Value {}

  /** Bytes in hexadecimal. */
  record Bytes(String hex) implements Value {}

  record Null() implements Value {}

  /** The time of writing. */
  record Now(TimeForm form) implements Value {}

  /** How a tool writes a time where the database has no type for it. */
  enum TimeForm {
    /** {@code 2024-01-31 10:00:00.123} in UTC. */
    TEXT,
    /** Milliseconds since 1970. */
    MILLISECONDS
  }

  /**
   * The value as SQL, bound.
   *
   * @param type the column's, as the catalogue gives it
   */
  default Sql sql(Dialect dialect, String type) {
    return switch (this) {
      case Text(String text) -> dialect.keyParameter(text, type);
      case Number(long number) -> dialect.keyParameter(Long.toString(number), type);
      case Truth(boolean truth) -> dialect.keyParameter(truth ? "1" : "0", type);
      case Bytes(String hex) -> dialect.bytes(hex);
      case Null() -> Sql.of("CAST(NULL AS {})", type);
      case Now(TimeForm form) -> dialect.timeOfWriting(type, form == TimeForm.MILLISECONDS);
    };
  }

  /** The value as a key's part, by which a row is found. */
  default String text() {
    return switch (this) {
      case Text(String text) -> text;
      case Number(long number) -> Long.toString(number);
      case Truth(boolean truth) -> truth ? "1" : "0";
      case Bytes b -> throw new IllegalStateException("no row is found by " + b);
      case Null n -> throw new IllegalStateException("no row is found by " + n);
      case Now n -> throw new IllegalStateException("no row is found by " + n);
    };
  }

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(long number) {
    return new Number(number);
  }

  static Value of(boolean truth) {
    return new Truth(truth);
  }

  /** The time of writing, as text where the database has no type for it. */
  static Value now() {
    return new Now(TimeForm.TEXT);
  }

  /** The time of writing, in milliseconds where the database has no type for it. */
  static Value nowInMilliseconds() {
    return new Now(TimeForm.MILLISECONDS);
  }

  static Value none() {
    return new Null();
  }
}

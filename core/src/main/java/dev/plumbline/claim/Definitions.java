package dev.plumbline.claim;

import dev.plumbline.parser.PostgresParser;

/** Compares two definitions of one object in two databases, both as the databases print them. */
@FunctionalInterface
public interface Definitions {
  /**
   * Whether two definitions mean the same. {@link Likeness#UNSURE} where they are printed in other
   * words that may mean it: two versions of a server do that.
   */
  Likeness likeness(Kind kind, String one, String other);

  /** Of PostgreSQL; for one thread. Without the parser, nothing is sure. */
  static Definitions postgres(PostgresParser parser) {
    return PostgresParser.isAvailable()
        ? new PostgresDefinitions(new Printed(parser))
        : (kind, one, other) -> Likeness.UNSURE;
  }

  /** Of SQLite, which keeps statements as they were written. */
  static Definitions sqlite() {
    return (kind, one, other) ->
        Likeness.of(
            kind == Kind.COLUMN
                ? one.equalsIgnoreCase(other)
                : SqliteWords.body(one).equals(SqliteWords.body(other)));
  }
}

package dev.plumbline.project;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The text of a migration that somebody begins: six steps, and what is still to do in them. */
public final class MigrationTemplate {
  private static final String TEXT =
      """
      -- ${name}
      -- plumb:todo say here what this changes, and why
      --
      -- Nothing applies this file while a `plumb:todo` or a `?` is left in a step. A step that is not
      -- needed is deleted.

      -- What people do besides; `?` is open, and `plumb status` says so. How it is taken back, and
      -- until when that can be done; who else has read it; the day on which it ran on staging.
      -- plumb:rollback ?
      -- plumb:review ?
      -- plumb:staging ?

      ${expect}
      -- 1. Counted before anything is committed; a count that is off stops the migration. Also
      --    600..650, or ~600 for a tenth more or less.

      -- plumb:schema
      -- 2. What new rows are written by: tables, columns, functions, triggers.
      -- plumb:todo the SQL, or delete this step

      ${backfill}
      -- 3. The rows that are there already: the invariant's repair, in batches that can be taken back.

      ${verify}
      -- 4. The proof, by a fresh audit. Nothing below runs without it.

      -- plumb:constrain
      -- 5. What only proven rows allow: NOT NULL, CHECK, UNIQUE, FOREIGN KEY.
      -- plumb:todo the SQL, or delete this step

      -- plumb:document
      -- 6. What the next reader should know, such as COMMENT ON COLUMN … IS '…'.
      -- plumb:todo the SQL, or delete this step

      -- plumb:undo
      -- Takes back constrain, schema and document; backfills are taken back row by row by themselves.
      -- plumb:todo the SQL
      """;

  private MigrationTemplate() {}

  /**
   * An invariant that the migration is to make true.
   *
   * @param violations how many rows violate it now, if somebody has counted
   */
  public record Purpose(String invariant, OptionalLong violations) {
    /** As in a sentence: {@code 1 row violates x}. */
    String expectation() {
      boolean one = violations.isPresent() && violations.getAsLong() == 1;
      String rows = violations.isPresent() ? String.valueOf(violations.getAsLong()) : "?";
      return rows + (one ? " row violates " : " rows violate ") + invariant;
    }
  }

  static String of(String name, List<Purpose> purposes) {
    List<Purpose> named =
        purposes.isEmpty() ? List.of(new Purpose("?", OptionalLong.empty())) : purposes;
    return TEXT.replace("${name}", name)
        .replace("${expect}", expectations(named))
        .replace("${backfill}", directives("backfill", named))
        .replace("${verify}", directives("verify", named));
  }

  private static String expectations(List<Purpose> purposes) {
    return purposes.stream()
        .map(purpose -> "-- plumb:expect " + purpose.expectation())
        .collect(Collectors.joining("\n"));
  }

  private static String directives(String word, List<Purpose> purposes) {
    return purposes.stream()
        .map(purpose -> "-- plumb:" + word + " " + purpose.invariant())
        .collect(Collectors.joining("\n"));
  }
}

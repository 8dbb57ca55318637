package dev.plumbline.verify;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.InvariantReader;
import dev.plumbline.tracker.TrackerEdit;
import dev.plumbline.tracker.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A change to another tool's record, stated as an invariant: that the rows which must go are gone
 * and the rows which must come are there. So a repair makes it: planned, journalled, and taken back
 * as any other.
 *
 * @param tracked whose record
 * @param revision the newest that is recorded afterwards
 * @param revisions those that the move is about, in the order in which they were applied
 * @param notes what whoever moves it should know
 */
public record RecordMove(
    Tracked tracked,
    Direction direction,
    String revision,
    List<String> revisions,
    TrackerEdit edit,
    List<String> notes) {
  public RecordMove {
    revisions = List.copyOf(revisions);
    notes = List.copyOf(notes);
  }

  /** Which way. */
  public enum Direction {
    BACK("reset-to"),
    FORWARD("mark");

    private final String word;

    Direction(String word) {
      this.word = word;
    }

    /** The name of the option, and of the invariant. */
    public String word() {
      return word;
    }
  }

  /** Whether the record says so already. */
  public boolean isEmpty() {
    return edit.isEmpty();
  }

  /** The move as an invariant, with the steps that make it hold. */
  public Invariant invariant(Dialect dialect) {
    String text =
        "says: "
            + quoted(tracked.label() + " records " + revision + " as the newest.")
            + "\nnone: |\n"
            + indented(edit.delete().isEmpty() ? lacking(dialect) : superfluous(dialect), 2)
            + "key: ["
            + identity().stream().map(RecordMove::quoted).collect(Collectors.joining(", "))
            + "]\nrepair:\n"
            + steps(dialect);
    return InvariantReader.read(
        Path.of("invariants", "verify-" + direction.word() + ".yaml"), text);
  }

  /**
   * What tells the rows apart: of those that go the key, of those that come what is written into
   * them, since a key may be given by the database.
   */
  private List<String> identity() {
    if (!edit.delete().isEmpty() || edit.columns().containsAll(edit.key())) {
      return edit.key();
    }
    return edit.columns().stream()
        .filter(column -> edit.insert().stream().allMatch(row -> isPlain(row.get(column))))
        .toList();
  }

  private static boolean isPlain(@Nullable Value value) {
    return value instanceof Value.Text || value instanceof Value.Number;
  }

  private String superfluous(Dialect dialect) {
    return "SELECT "
        + key(dialect, "")
        + " FROM "
        + edit.table().sql()
        + (edit.insert().isEmpty() ? "" : " t")
        + " WHERE "
        + edit.where(dialect).literalText()
        + (edit.insert().isEmpty() ? "" : unlessAsWanted(dialect));
  }

  /** A row that comes with the key of one that goes is a change, and may be made already. */
  private String unlessAsWanted(Dialect dialect) {
    return "\nAND NOT EXISTS (SELECT 1 FROM (\n"
        + edit.select(dialect).literalText()
        + "\n) wanted WHERE "
        + edit.columns().stream()
            .map(column -> same(dialect.quote(column), isTimeOfWriting(column)))
            .collect(Collectors.joining(" AND "))
        + ")";
  }

  private boolean isTimeOfWriting(String column) {
    return edit.insert().stream().anyMatch(row -> row.get(column) instanceof Value.Now);
  }

  private static String same(String column, boolean timeOfWriting) {
    return timeOfWriting
        ? "(wanted." + column + " IS NULL) = (t." + column + " IS NULL)"
        : "wanted." + column + " IS NOT DISTINCT FROM t." + column;
  }

  private String lacking(Dialect dialect) {
    String same =
        identity().stream()
            .map(column -> "t." + dialect.quote(column) + " = wanted." + dialect.quote(column))
            .collect(Collectors.joining(" AND "));
    return "SELECT * FROM (\n"
        + edit.select(dialect).literalText()
        + "\n) wanted WHERE NOT EXISTS (SELECT 1 FROM "
        + edit.table().sql()
        + " t WHERE "
        + same
        + ")";
  }

  private String steps(Dialect dialect) {
    StringBuilder steps = new StringBuilder();
    if (!edit.delete().isEmpty()) {
      steps
          .append("  - delete from: ")
          .append(quoted(edit.table().sql()))
          .append("\n    where: |\n")
          .append(indented(going(dialect), 6));
    }
    if (!edit.insert().isEmpty()) {
      steps
          .append("  - insert into: ")
          .append(quoted(edit.table().sql()))
          .append("\n    select: |\n")
          .append(indented(coming(dialect), 6));
    }
    return steps.toString();
  }

  private String going(Dialect dialect) {
    String columns = key(dialect, "");
    return (edit.key().size() == 1 ? columns : "(" + columns + ")")
        + " IN (SELECT "
        + key(dialect, "violation.")
        + " FROM violation)";
  }

  /** What comes beside rows that go stands in their stead; what comes alone is the violation. */
  private String coming(Dialect dialect) {
    String columns = edit.columns().stream().map(dialect::quote).collect(Collectors.joining(", "));
    return edit.delete().isEmpty()
        ? "SELECT " + columns + " FROM violation"
        : "SELECT "
            + columns
            + " FROM (\n"
            + edit.select(dialect).literalText()
            + "\n) wanted WHERE EXISTS (SELECT 1 FROM violation)";
  }

  private String key(Dialect dialect, String prefix) {
    return edit.key().stream()
        .map(column -> prefix + dialect.quote(column))
        .collect(Collectors.joining(", "));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Lines of a block, so that nothing in them needs an escape. */
  private static String indented(String sql, int blanks) {
    return sql.lines().map(line -> " ".repeat(blanks) + line + "\n").collect(Collectors.joining());
  }
}

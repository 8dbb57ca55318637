package dev.plumbline.transform;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys of a table's rows as people write them: values with commas between, or a JSON array of
 * texts where a value holds a comma itself.
 */
final class WrittenKeys {
  /** SQLite's types whose values are numbers, but for those of them that are not. */
  private static final Set<String> NUMBERS = Set.of("INTEGER", "REAL", "NUMERIC");

  private static final String NUMBER = "\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*";

  private final Session session;
  private final ColumnTable table;
  private final String label;

  /**
   * @param label what the documents are, for people
   */
  WrittenKeys(Session session, ColumnTable table, String label) {
    this.session = session;
    this.table = table;
    this.label = label;
  }

  /**
   * The key of a row that the transform is about.
   *
   * @throws PlumblineException 64 if there is none
   */
  Key row(String written) {
    Key key = key(written);
    if (!isThere(key, Sql.empty())) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "There is no row `" + key.flag() + "` in the " + label + ".",
          "Nothing was changed.",
          "Write the values of the row's key, separated by commas.");
    }
    if (!isThere(key, table.inScope())) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "The transform's `where` leaves row `" + key.flag() + "` of the " + label + " out.",
          "Nothing was changed.",
          "Name a row that it takes in, or change `where` in the transform's file.");
    }
    return key;
  }

  /**
   * A place in the order of keys, whether a row has it or not.
   *
   * @throws PlumblineException 64 if no row could have it
   */
  Key place(String written) {
    Key key = key(written);
    if (!isThere(key, Sql.empty()) && !isPossible(key)) {
      throw noKey(written, null);
    }
    return key;
  }

  /**
   * The key, of whatever row.
   *
   * @throws PlumblineException 64 if it has not as many values as the key has columns
   */
  Key key(String written) {
    Key key;
    try {
      key =
          written.startsWith("[")
              ? Key.fromJson(written)
              : new Key(List.of(written.split(",", -1)));
    } catch (UncheckedIOException e) {
      throw noKey(written, e);
    }
    if (key.values().size() != table.key().size()) {
      throw noKey(written, null);
    }
    return key;
  }

  /** What the column's type refuses is a slip of whoever typed it, not a fault of the data. */
  private boolean isThere(Key key, Sql among) {
    try {
      return session.one(
          table.count(Sql.and(List.of(among, table.withKeys(List.of(key))))),
          row -> row.number(1) > 0);
    } catch (DatabaseException e) {
      if (e.kind() == FailureKind.DATA) {
        throw noKey(key.toString(), e);
      }
      throw e;
    }
  }

  /** SQLite takes any text, and would find all rows before it, or none behind it. */
  private boolean isPossible(Key key) {
    for (int i = 0; i < table.key().size(); i++) {
      if (NUMBERS.contains(table.key().get(i).type()) && !key.values().get(i).matches(NUMBER)) {
        return false;
      }
    }
    return true;
  }

  private PlumblineException noKey(String written, @Nullable Exception cause) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "`"
            + written
            + "` is no key of "
            + table.table().label()
            + ", which is: "
            + String.join(", ", table.keyNames())
            + ".",
        "Nothing was changed.",
        "Write one value for each column, separated by commas; where a value holds a comma itself,"
            + " a JSON array of texts.",
        cause);
  }
}

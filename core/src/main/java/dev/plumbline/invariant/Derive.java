package dev.plumbline.invariant;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A column equals an expression.
 *
 * @param table the table whose columns are derived
 * @param columns each derived column and its expression, in the order written
 * @param source the rows that the expressions aggregate; empty: they are expressions of the row
 */
public record Derive(Terms terms, Name table, Map<Name, Fragment> columns, Optional<Source> source)
    implements Invariant {
  public Derive {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /**
   * @param from a table's name or a query
   * @param by each column of {@code from} and the table's column that it equals
   * @param empty the value where {@code from} has no rows, for columns that name one
   */
  public record Source(Fragment from, Map<Name, Name> by, Map<Name, Value> empty) {
    public Source {
      by = Collections.unmodifiableMap(new LinkedHashMap<>(by));
      empty = Collections.unmodifiableMap(new LinkedHashMap<>(empty));
    }
  }
}

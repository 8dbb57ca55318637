package dev.plumbline.schema;

import dev.plumbline.error.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds a column by the name that a person wrote. */
public final class Columns {
  private Columns() {}

  /**
   * @param written a name as in the project's files: exact, or as SQL folds an unquoted name, or in
   *     double quotes; else in another case, as SQLite has it, if it means one column only
   */
  public static Optional<Column> find(List<Column> columns, String written) {
    String bare = unquote(written);
    return columns.stream()
        .filter(c -> c.name().equals(bare))
        .findFirst()
        .or(
            () ->
                columns.stream()
                    .filter(c -> c.name().equals(bare.toLowerCase(Locale.ROOT)))
                    .findFirst())
        .or(() -> inAnyCase(columns, bare));
  }

  /** The column that was probably meant by a name that is not there, in quotes if that was. */
  public static Optional<String> closest(String written, Collection<String> known) {
    String bare = unquote(written);
    return Suggestion.closest(bare, known)
        .map(name -> bare.equals(written) ? name : '"' + name.replace("\"", "\"\"") + '"');
  }

  private static Optional<Column> inAnyCase(List<Column> columns, String name) {
    List<Column> found = columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static String unquote(String written) {
    return written.length() > 1 && written.startsWith("\"") && written.endsWith("\"")
        ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
        : written;
  }
}

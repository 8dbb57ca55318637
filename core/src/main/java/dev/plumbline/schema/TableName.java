package dev.plumbline.schema;

import dev.plumbline.error.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The parts of a table's name as a person wrote it, quoted or not. */
public final class TableName {
  private static final Set<String> USUAL_SCHEMAS = Set.of("public", "main");

  private TableName() {}

  /** The parts by which people call a table: without the schema where that is the usual one. */
  public static List<String> usual(String schema, String name) {
    return USUAL_SCHEMAS.contains(schema) ? List.of(name) : List.of(schema, name);
  }

  /**
   * How people call a table, without quotes.
   *
   * @param sql its name as in SQL, quoted where need be
   */
  public static String label(String sql) {
    List<String> parts = readings(sql).getFirst();
    return parts.size() == 2
        ? String.join(".", usual(parts.getFirst(), parts.getLast()))
        : String.join(".", parts);
  }

  /**
   * The table that was probably meant by a name that is not there, written as that name was: with
   * its schema where there is none in the search path, in quotes where that was.
   *
   * @param known names without quotes, each with its schema unless that is in the search path
   */
  public static Optional<String> closest(String written, Collection<String> known) {
    List<String> parts = readings(written).getFirst();
    return Suggestion.closest(String.join(".", parts), known)
        .or(() -> Suggestion.closest(label(written), known))
        .or(() -> closestTable(parts.getLast(), known))
        .map(name -> written.contains("\"") ? inQuotes(name) : name);
  }

  /** Whatever its schema. */
  private static Optional<String> closestTable(String table, Collection<String> known) {
    Map<String, String> byTable = new TreeMap<>();
    known.forEach(name -> byTable.putIfAbsent(readings(name).getFirst().getLast(), name));
    return Suggestion.closest(table, byTable.keySet()).map(byTable::get);
  }

  private static String inQuotes(String name) {
    return readings(name).getFirst().stream()
        .map(part -> '"' + part.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining("."));
  }

  /**
   * The readings of a name, best first: exactly as written, then as SQL folds what is not in
   * quotes. Each is a list of one part (the table) or two (schema, table), unquoted.
   */
  public static List<List<String>> readings(String written) {
    List<String> exact = new ArrayList<>();
    List<String> folded = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    for (int i = 0; i <= written.length(); i++) {
      char c = i < written.length() ? written.charAt(i) : '.';
      if (c == '"' && i < written.length()) {
        if (quoted && i + 1 < written.length() && written.charAt(i + 1) == '"') {
          part.append('"');
          i++;
        } else {
          quoted = !quoted;
          wasQuoted = true;
        }
      } else if (c == '.' && (!quoted || i == written.length())) {
        exact.add(part.toString());
        folded.add(wasQuoted ? part.toString() : part.toString().toLowerCase(Locale.ROOT));
        part.setLength(0);
        wasQuoted = false;
      } else {
        part.append(c);
      }
    }
    return exact.equals(folded) ? List.of(exact) : List.of(exact, folded);
  }
}

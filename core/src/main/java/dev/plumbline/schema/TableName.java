package dev.plumbline.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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

package dev.plumbline.backup;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts rows in what {@code pg_restore} writes: after {@code COPY … FROM stdin;} each line is a
 * row (a line's end within a value is written as {@code \n}), until one that is <code>\.</code>.
 * Lines come byte by byte; names are UTF-8.
 */
final class CopyCounts implements Consumer<String> {
  private static final String NAME = "(\"(?:[^\"]|\"\")*\"|[^\\s\".(]+)";
  private static final Pattern BEGIN =
      Pattern.compile("COPY " + NAME + "\\." + NAME + " .*FROM stdin;");
  private static final String END = "\\.";

  private final Map<String, Long> rows = new TreeMap<>();
  private String table = "";
  private long counted;

  @Override
  public void accept(String line) {
    if (!table.isEmpty()) {
      if (line.equals(END)) {
        rows.put(table, counted);
        table = "";
      } else {
        counted++;
      }
      return;
    }
    Matcher begin = BEGIN.matcher(line);
    if (begin.matches()) {
      table = table(unquoted(begin.group(1)), unquoted(begin.group(2)));
      counted = 0;
    }
  }

  /** By table, as {@link #table} names them. */
  Map<String, Long> rows() {
    return rows;
  }

  static String table(String schema, String name) {
    return schema + "." + name;
  }

  private static String unquoted(String name) {
    String text = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return text.startsWith("\"")
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text;
  }
}

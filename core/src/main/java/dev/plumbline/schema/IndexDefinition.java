package dev.plumbline.schema;

import dev.plumbline.dialect.SqlScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code CREATE INDEX} statement makes, in a form in which two ways to write the same are
 * equal: without defaults, casts and parentheses. The name and the table's schema are kept apart.
 *
 * @param name as the database would fold it
 * @param schema the table's, where the statement names it
 * @param table the table's name without its schema
 */
public record IndexDefinition(
    String name,
    Optional<String> schema,
    String table,
    boolean unique,
    String method,
    List<String> elements,
    List<String> included,
    List<String> predicate) {

  private static final Set<String> TYPE_TAILS =
      Set.of("varying", "precision", "with", "without", "time", "zone");

  /** How the catalogue is asked for the table: quoted, and qualified where the statement is. */
  public String tableAsked() {
    return schema.map(s -> quoted(s) + ".").orElse("") + quoted(table);
  }

  /** How the catalogue is asked for the index, which lies in the schema of its table. */
  public String nameAsked(String schemaOfTable) {
    return quoted(schemaOfTable) + "." + quoted(name);
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Whether both make the same index on tables of the same name, whatever it is called. */
  public boolean sameAs(IndexDefinition other) {
    return table.equals(other.table)
        && unique == other.unique
        && method.equals(other.method)
        && elements.equals(other.elements)
        && included.equals(other.included)
        && predicate.equals(other.predicate);
  }

  /** Reads a statement; empty if it is none that makes an index. */
  public static Optional<IndexDefinition> parse(String sql) {
    return new Parser(words(sql)).index();
  }

  /** Whether a statement makes an index beside other writers, outside of any transaction. */
  public static boolean concurrently(String sql) {
    List<String> words = words(sql);
    int index = words.indexOf("index");
    return index >= 0
        && index + 2 < words.size()
        && words.get(index + 1).equals("concurrently")
        && !words.get(index + 2).equals("on");
  }

  /** The code of a statement as words: identifiers unquoted, everything else in lower case. */
  private static List<String> words(String sql) {
    SqlScan scan = SqlScan.of(sql);
    return scan.code().stream()
        .map(
            token -> {
              String text = scan.text(token);
              return switch (token.kind()) {
                case QUOTED_NAME -> unquote(text);
                case STRING -> text;
                default -> text.toLowerCase(Locale.ROOT);
              };
            })
        .toList();
  }

  private static String unquote(String text) {
    String inner = text.substring(1, text.length() - 1);
    return text.startsWith("\"") ? inner.replace("\"\"", "\"") : inner;
  }

  /** Walks the words of one statement. */
  private static final class Parser {
    private final List<String> words;
    private int at;

    Parser(List<String> words) {
      this.words = words;
    }

    Optional<IndexDefinition> index() {
      if (!take("create")) {
        return Optional.empty();
      }
      boolean unique = take("unique");
      if (!take("index")) {
        return Optional.empty();
      }
      take("concurrently");
      if (take("if")) {
        take("not");
        take("exists");
      }
      String name = peek().equals("on") ? "" : qualified().getLast();
      if (!take("on")) {
        return Optional.empty();
      }
      take("only");
      List<String> table = qualified();
      String method = take("using") ? next() : "btree";
      if (!peek().equals("(")) {
        return Optional.empty();
      }
      List<String> elements = list();
      List<String> included = take("include") ? list() : List.of();
      while (at < words.size() && !peek().equals("where")) {
        next();
      }
      List<String> predicate = take("where") ? plain(words.subList(at, words.size())) : List.of();
      return Optional.of(
          new IndexDefinition(
              name, schema(table), table.getLast(), unique, method, elements, included, predicate));
    }

    private static Optional<String> schema(List<String> table) {
      return table.size() < 2 ? Optional.empty() : Optional.of(table.get(table.size() - 2));
    }

    private List<String> qualified() {
      List<String> parts = new ArrayList<>(List.of(next()));
      while (take(".")) {
        parts.add(next());
      }
      return parts;
    }

    /** The items between parentheses, each as one text. */
    private List<String> list() {
      List<String> items = new ArrayList<>();
      List<String> item = new ArrayList<>();
      int depth = 0;
      do {
        String word = next();
        if (word.equals("(") && depth++ == 0) {
          continue;
        }
        if (word.equals(")") && --depth == 0) {
          break;
        }
        if (word.equals(",") && depth == 1) {
          items.add(element(item));
          item.clear();
        } else {
          item.add(word);
        }
      } while (at < words.size());
      items.add(element(item));
      return List.copyOf(items);
    }

    private static String element(List<String> words) {
      List<String> plain = new ArrayList<>(plain(words));
      boolean descending = plain.remove("desc");
      plain.remove("asc");
      int nulls = plain.indexOf("nulls");
      if (nulls >= 0 && nulls + 1 < plain.size()) {
        boolean first = plain.get(nulls + 1).equals("first");
        if (first == descending) {
          plain.remove(nulls);
          plain.remove(nulls);
        }
      }
      return String.join(" ", plain) + (descending ? " desc" : "");
    }

    /** Without parentheses and casts. */
    private static List<String> plain(List<String> words) {
      List<String> plain = new ArrayList<>();
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (word.equals("::")
            || (word.equals(":") && i + 1 < words.size() && words.get(i + 1).equals(":"))) {
          i = afterType(words, word.equals("::") ? i + 1 : i + 2);
        } else if (!word.equals("(") && !word.equals(")")) {
          plain.add(word);
        }
      }
      return List.copyOf(plain);
    }

    /** The place of the last word of a type's name. */
    private static int afterType(List<String> words, int start) {
      int i = start;
      while (i + 1 < words.size() && TYPE_TAILS.contains(words.get(i + 1))) {
        i++;
      }
      if (i + 3 < words.size() && words.get(i + 1).equals("(") && words.get(i + 3).equals(")")) {
        i += 3;
      }
      if (i + 2 < words.size() && words.get(i + 1).equals("[") && words.get(i + 2).equals("]")) {
        i += 2;
      }
      return i;
    }

    private boolean take(String word) {
      if (peek().equals(word)) {
        at++;
        return true;
      }
      return false;
    }

    private String peek() {
      return at < words.size() ? words.get(at) : "";
    }

    private String next() {
      return at < words.size() ? words.get(at++) : "";
    }
  }
}

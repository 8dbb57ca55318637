package dev.plumbline.claim;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.dialect.SqlScan.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of one of SQLite's statements: names without quotes, all but texts in lower case, as
 * SQLite compares them. A reader that moves along them; for one thread.
 */
final class SqliteWords {
  private static final Set<String> NO_COLUMN =
      Set.of("constraint", "primary", "unique", "check", "foreign");

  private final List<String> words;
  private int at;

  private SqliteWords(List<String> words) {
    this.words = words;
  }

  static SqliteWords of(String sql) {
    SqlScan scan = SqlScan.of(sql);
    List<String> words = new ArrayList<>();
    for (SqlScan.Token token : scan.code()) {
      String text = scan.text(token);
      words.add(
          token.kind() == Kind.STRING
              ? text
              : (token.kind() == Kind.QUOTED_NAME ? unquoted(text) : text)
                  .toLowerCase(Locale.ROOT));
    }
    while (!words.isEmpty() && words.getLast().equals(";")) {
      words.removeLast();
    }
    return new SqliteWords(List.copyOf(words));
  }

  private static String unquoted(String name) {
    String quote = name.substring(0, 1);
    String inner = name.substring(1, name.length() - 1);
    return quote.equals("[") ? inner : inner.replace(quote + quote, quote);
  }

  String peek() {
    return at < words.size() ? words.get(at) : "";
  }

  String next() {
    return at < words.size() ? words.get(at++) : "";
  }

  /** Moves past these words, if they come next. */
  boolean take(String... expected) {
    List<String> wanted = List.of(expected);
    boolean there =
        at + wanted.size() <= words.size() && words.subList(at, at + wanted.size()).equals(wanted);
    at += there ? wanted.size() : 0;
    return there;
  }

  /** A name, qualified by a schema or not; a text in quotes is one, too. */
  Name name() {
    String first = plain(next());
    return take(".") ? new Name(first, plain(next())) : new Name("", first);
  }

  private static String plain(String word) {
    return word.startsWith("'") && word.length() > 1
        ? word.substring(1, word.length() - 1).toLowerCase(Locale.ROOT)
        : word;
  }

  /**
   * @param schema empty where it is not written
   */
  record Name(String schema, String name) {}

  /** All that has not been read. */
  List<String> rest() {
    return words.subList(at, words.size());
  }

  /** What stands after the name of an object that is created: the same as written and as stored. */
  static List<String> body(String create) {
    SqliteWords words = of(create);
    while (!Set.of("table", "index", "view", "trigger", "").contains(words.peek())) {
      words.next();
    }
    words.next();
    words.take("if", "not", "exists");
    words.name();
    return words.rest();
  }

  /** The names of a table's columns, from what stands after its name. */
  static Set<String> columns(List<String> body) {
    Set<String> columns = new HashSet<>();
    int depth = 0;
    for (int i = 0; i + 1 < body.size(); i++) {
      String word = body.get(i);
      boolean begins = (word.equals("(") && depth == 0) || (word.equals(",") && depth == 1);
      depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
      if (begins && !NO_COLUMN.contains(body.get(i + 1))) {
        columns.add(plain(body.get(i + 1)));
      }
      if (depth == 0) {
        break;
      }
    }
    return columns;
  }
}

package dev.plumbline.lint;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.dialect.SqlScan.Kind;
import dev.plumbline.dialect.SqlScan.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Cuts the text of a statement where its tree has no places to cut at. */
final class Clauses {
  private static final Set<String> AFTER_SET = Set.of("from", "where", "returning");
  private static final Set<String> FROM = Set.of("from");

  private final SqlScan scan;
  private final List<Token> tokens;

  Clauses(String sql) {
    scan = SqlScan.of(sql);
    tokens = scan.code();
  }

  /** The expressions of {@code UPDATE … SET a = …, b = …}, each as written. */
  List<String> assigned() {
    return word(Set.of("set"), 0).map(set -> items(set + 1, AFTER_SET)).orElse(List.of()).stream()
        .map(Clauses::afterEquals)
        .toList();
  }

  private static String afterEquals(String item) {
    int equals = item.indexOf('=');
    return equals < 0 ? "" : item.substring(equals + 1).strip();
  }

  /** The expressions of {@code SELECT a, b FROM …}, each as written. */
  List<String> selected() {
    return tokens.isEmpty() ? List.of() : items(1, FROM);
  }

  /** What follows the expressions of a {@code SELECT}, from {@code FROM} on; empty if nothing. */
  String afterSelected() {
    return word(FROM, 1).map(at -> scan.sql().substring(tokens.get(at).start())).orElse("");
  }

  /** Texts between commas, until a word that ends the list. */
  private List<String> items(int first, Set<String> ends) {
    int last = word(ends, first).orElse(tokens.size());
    List<String> items = new ArrayList<>();
    int depth = 0;
    int start = first;
    for (int i = first; i <= last; i++) {
      boolean end = i == last;
      if (!end) {
        depth += nesting(tokens.get(i));
      }
      if (end || (depth == 0 && text(i).equals(","))) {
        if (start < i) {
          items.add(scan.sql().substring(tokens.get(start).start(), tokens.get(i - 1).end()));
        }
        start = i + 1;
      }
    }
    return items;
  }

  /** The place of the first such word outside of parentheses. */
  private Optional<Integer> word(Set<String> words, int from) {
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += nesting(token);
      boolean comparison = i > 0 && text(i - 1).equals("distinct") && text(i).equals("from");
      if (depth == 0 && token.kind() == Kind.WORD && words.contains(text(i)) && !comparison) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private int nesting(Token token) {
    return switch (token.kind() == Kind.SYMBOL ? scan.text(token) : "") {
      case "(", "[" -> 1;
      case ")", "]" -> -1;
      default -> 0;
    };
  }

  private String text(int token) {
    return scan.text(tokens.get(token)).toLowerCase(Locale.ROOT);
  }
}

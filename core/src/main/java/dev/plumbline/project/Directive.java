package dev.plumbline.project;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.dialect.SqlScan.Kind;
import dev.plumbline.dialect.SqlScan.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment {@code -- plumb:word argument} on a line of its own. What stands in a quoted text or a
 * block comment is none.
 *
 * @param word as written
 * @param argument the rest of the line, stripped
 * @param start where the comment begins in the file's text
 * @param end where it ends
 */
public record Directive(String word, String argument, int start, int end) {
  private static final Pattern FORM = Pattern.compile("--\\s*plumb:\\s*(\\S*)\\s*(.*?)\\s*");

  /** All directives of a file, in order. */
  public static List<Directive> in(SqlScan scan) {
    List<Directive> directives = new ArrayList<>();
    for (Token token : scan.tokens()) {
      Matcher matcher = FORM.matcher(scan.text(token));
      if (token.kind() == Kind.COMMENT && matcher.matches() && beginsLine(scan, token)) {
        directives.add(
            new Directive(matcher.group(1), matcher.group(2), token.start(), token.end()));
      }
    }
    return directives;
  }

  private static boolean beginsLine(SqlScan scan, Token token) {
    int line = scan.sql().lastIndexOf('\n', token.start() - 1) + 1;
    return scan.sql().substring(line, token.start()).isBlank();
  }
}

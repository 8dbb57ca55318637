package dev.plumbline.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of several SQL statements. It is split at each {@code ;} outside of quotes, dollar quotes
 * and comments, and outside of the bodies of SQLite's triggers and of {@code BEGIN ATOMIC}
 * functions.
 */
record SqlScript(String text) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern DOLLAR_TAG = Pattern.compile("\\$(?:[A-Za-z_]\\w*)?\\$");
  private static final Pattern HAS_BODY =
      Pattern.compile(
          "^\\s*CREATE\\b.*(\\bTRIGGER\\b.*\\bBEGIN\\b|\\bBEGIN\\s+ATOMIC\\b)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern BODY_ENDS =
      Pattern.compile(";\\s*END\\s*$", Pattern.CASE_INSENSITIVE);

  /** Puts values in place of each <code>${name}</code>; a name without a value is an error. */
  SqlScript with(Map<String, String> placeholders) {
    return new SqlScript(
        PLACEHOLDER
            .matcher(text)
            .replaceAll(
                found -> {
                  String value = placeholders.get(found.group(1));
                  if (value == null) {
                    throw new IllegalArgumentException("no value for " + found.group());
                  }
                  return Matcher.quoteReplacement(value);
                }));
  }

  /** The statements, without their semicolons and without comments. */
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (isComment(at)) {
        at = endOfComment(at);
        statement.append(' ');
      } else if (text.charAt(at) == ';' && isComplete(statement)) {
        add(statements, statement);
        at++;
      } else {
        int end = endOfToken(at);
        statement.append(text, at, end);
        at = end;
      }
    }
    add(statements, statement);
    return List.copyOf(statements);
  }

  private static boolean isComplete(CharSequence statement) {
    return !HAS_BODY.matcher(statement).find() || BODY_ENDS.matcher(statement).find();
  }

  private static void add(List<String> statements, StringBuilder statement) {
    String sql = statement.toString().strip();
    if (!sql.isEmpty()) {
      statements.add(sql);
    }
    statement.setLength(0);
  }

  private boolean isComment(int at) {
    return text.startsWith("--", at) || text.startsWith("/*", at);
  }

  private int endOfComment(int at) {
    return text.startsWith("--", at) ? endOf("\n", at) : endOf("*/", at + 2);
  }

  /** The end of what starts here: a quoted text as a whole, else one character. */
  private int endOfToken(int at) {
    char first = text.charAt(at);
    if (first == '\'' || first == '"') {
      return endOf(String.valueOf(first), at + 1);
    }
    Matcher tag = DOLLAR_TAG.matcher(text).region(at, text.length());
    return first == '$' && tag.lookingAt() ? endOf(tag.group(), tag.end()) : at + 1;
  }

  private int endOf(String terminator, int from) {
    int found = text.indexOf(terminator, from);
    return found < 0 ? text.length() : found + terminator.length();
  }
}

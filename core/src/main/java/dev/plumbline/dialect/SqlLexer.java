package dev.plumbline.dialect;

import dev.plumbline.dialect.SqlScan.Flaw;
import dev.plumbline.dialect.SqlScan.Kind;
import dev.plumbline.dialect.SqlScan.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts SQL into tokens. Rules: PostgreSQL's <a
 * href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">lexical structure</a> and
 * SQLite's <a href="https://www.sqlite.org/lang_keywords.html">quoting</a>. Used once, by one
 * thread.
 */
final class SqlLexer {
  /** Letters a string may carry in front: bits, hexadecimal, national, Unicode; {@code E} apart. */
  private static final Pattern STRING_PREFIX = Pattern.compile("(?i)[bxn](?=')|u&(?=')");

  private static final Pattern ESCAPING_PREFIX = Pattern.compile("[eE](?=')");
  private static final Pattern NAME_PREFIX = Pattern.compile("[uU]&(?=\")");
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}_\\x80-\\x{10FFFF}][\\w$\\x80-\\x{10FFFF}]*");
  private static final Pattern NUMBER =
      Pattern.compile("(?i)0[xob][0-9a-f_]+|(\\d[\\d_]*(\\.[\\d_]*)?|\\.\\d[\\d_]*)(e[+-]?\\d+)?");
  private static final Pattern DOLLAR_TAG =
      Pattern.compile("\\$([\\p{L}_\\x80-\\x{10FFFF}][\\w\\x80-\\x{10FFFF}]*)?\\$");

  /**
   * What SQLite would read as a quoted name and PostgreSQL never as a list: a name, plain words.
   */
  private static final Pattern BRACKETED = Pattern.compile("\\[[\\p{L}_][^\\]\\['\"`;()/*$-]*\\]");

  /** PostgreSQL goes on with a string after a line break: {@code E'a'⏎'b'} is one. */
  private static final Pattern CONTINUED = Pattern.compile("[ \\t\\f]*[\\r\\n]\\s*'");

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int openBrackets;
  private @Nullable Flaw unterminated;

  SqlLexer(String sql) {
    this.sql = sql;
  }

  SqlScan scan() {
    while (at < sql.length()) {
      if (isSpace(sql.charAt(at))) {
        at++;
      } else {
        int start = at;
        Kind kind = next();
        tokens.add(new Token(kind, start, at));
      }
    }
    return new SqlScan(sql, tokens, Optional.ofNullable(unterminated));
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0B;
  }

  /** Moves behind the token that begins here and says what it was. */
  private Kind next() {
    char c = sql.charAt(at);
    if (sql.startsWith("--", at)) {
      return lineComment();
    }
    if (sql.startsWith("/*", at)) {
      return blockComment();
    }
    if (c == '\'' || take(STRING_PREFIX)) {
      return quoted(Kind.STRING, '\'', false);
    }
    if (take(ESCAPING_PREFIX)) {
      return quoted(Kind.STRING, '\'', true);
    }
    if (c == '"' || take(NAME_PREFIX)) {
      return quoted(Kind.QUOTED_NAME, '"', false);
    }
    if (c == '`') {
      return quoted(Kind.QUOTED_NAME, '`', false);
    }
    if (c == '[' && !readsAsSubscript() && take(BRACKETED)) {
      return Kind.QUOTED_NAME;
    }
    if (c == '$' && dollarQuoted()) {
      return Kind.STRING;
    }
    if (take(WORD)) {
      return Kind.WORD;
    }
    if (take(NUMBER)) {
      return Kind.NUMBER;
    }
    return symbol(c);
  }

  private boolean take(Pattern pattern) {
    Matcher matcher = pattern.matcher(sql).region(at, sql.length()).useTransparentBounds(true);
    if (!matcher.lookingAt()) {
      return false;
    }
    at = matcher.end();
    return true;
  }

  private Kind lineComment() {
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
    return Kind.COMMENT;
  }

  private Kind blockComment() {
    int start = at;
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
    if (depth > 0) {
      at = sql.length();
      leftOpen(start, "the comment that begins with `/*` does not end", "End it with `*/`.");
    }
    return Kind.COMMENT;
  }

  /** From an opening quote to its end; a doubled quote stands for itself. */
  private Kind quoted(Kind kind, char quote, boolean backslashes) {
    int start = at;
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\\' && backslashes) {
        at = Math.min(at + 2, sql.length());
      } else if (c != quote) {
        at++;
      } else if (sql.startsWith("" + quote + quote, at)) {
        at += 2;
      } else {
        at++;
        if (!backslashes || !take(CONTINUED)) {
          return kind;
        }
      }
    }
    leftOpen(
        start, "the quote `" + quote + "` that opens here is not closed", "Close it with " + quote);
    return kind;
  }

  private boolean dollarQuoted() {
    int start = at;
    if (!take(DOLLAR_TAG)) {
      return false;
    }
    String tag = sql.substring(start, at);
    int end = sql.indexOf(tag, at);
    if (end < 0) {
      at = sql.length();
      leftOpen(
          start, "the quote `" + tag + "` that opens here is not closed", "Close it with " + tag);
    } else {
      at = end + tag.length();
    }
    return true;
  }

  /** Whether a {@code [} here follows what it indexes, or lies within another subscript or list. */
  private boolean readsAsSubscript() {
    if (openBrackets > 0) {
      return true;
    }
    if (tokens.isEmpty() || tokens.getLast().end() < at) {
      return false;
    }
    char before = sql.charAt(at - 1);
    return switch (tokens.getLast().kind()) {
      case WORD, QUOTED_NAME -> true;
      case SYMBOL -> before == ')' || before == ']';
      case STRING, NUMBER, COMMENT -> false;
    };
  }

  private Kind symbol(char c) {
    if (c == '[') {
      openBrackets++;
    } else if (c == ']') {
      openBrackets--;
    }
    at++;
    return Kind.SYMBOL;
  }

  private void leftOpen(int start, String what, String next) {
    unterminated = new Flaw(start, what, next);
  }
}

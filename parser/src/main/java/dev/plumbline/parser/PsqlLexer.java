package dev.plumbline.parser;

import dev.plumbline.parser.PsqlScript.Mark;
import dev.plumbline.parser.PsqlScript.MarkKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a text by the lexical rules of <a
 * href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">PostgreSQL</a> and psql.
 */
final class PsqlLexer {
  /** Commands of psql that also send the statement before them, as a semicolon does. */
  private static final Set<String> SENDING =
      Set.of("g", "gx", "gexec", "gset", "gdesc", "crosstabview", "watch", "bind", "parse");

  private final String text;
  private final char[] sql;
  private final List<MetaCommand> metaCommands = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final Map<Integer, Integer> commentEnds = new HashMap<>();
  private final Map<Integer, Integer> commentStarts = new HashMap<>();

  /** The words of the statement so far, as many as it takes to know a COPY from stdin. */
  private String firstWord = "";

  private String previousWord = "";
  private boolean fromStdin;
  private int atomicDepth;
  private int at;

  PsqlLexer(String text) {
    this.text = text;
    this.sql = text.toCharArray();
  }

  PsqlScript read() {
    if (text.startsWith("\uFEFF")) {
      blank(0, 1);
      at = 1;
    }
    while (at < text.length()) {
      next();
    }
    return new PsqlScript(
        new String(sql), List.copyOf(metaCommands), List.copyOf(marks), commentEnds, commentStarts);
  }

  private void next() {
    char c = text.charAt(at);
    switch (c) {
      case '\'' -> at = endOfQuoted(at, isEscapeString());
      case '"' -> at = endOfQuoted(at, false);
      case '$' -> at = endOfDollar();
      case '\\' -> metaCommand();
      case '(' -> mark(MarkKind.OPEN);
      case ')' -> mark(MarkKind.CLOSE);
      case ';' -> semicolon();
      default -> {
        if (text.startsWith("--", at)) {
          comment(lineEnd(at));
        } else if (text.startsWith("/*", at)) {
          comment(endOfBlockComment());
        } else if (isWordStart(c)) {
          word();
        } else {
          symbol(c);
        }
      }
    }
  }

  private void symbol(char c) {
    if (!PsqlScript.isBlank(c)) {
      previousWord = "";
    }
    at++;
  }

  private void mark(MarkKind kind) {
    marks.add(new Mark(at, kind));
    symbol(text.charAt(at));
  }

  /** The offset after the closing quote; a doubled quote is one inside. */
  private int endOfQuoted(int start, boolean backslashes) {
    char quote = text.charAt(start);
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && backslashes) {
        i++;
      } else if (c == quote) {
        if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
          i++;
        } else {
          return i + 1;
        }
      }
    }
    return text.length();
  }

  /** Whether the quote is that of {@code E'…'}, in which a backslash takes the next char along. */
  private boolean isEscapeString() {
    return at > 0
        && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
        && (at == 1 || !isWordPart(text.charAt(at - 2)));
  }

  private int endOfDollar() {
    int tagEnd = at + 1;
    while (tagEnd < text.length()
        && isWordPart(text.charAt(tagEnd))
        && text.charAt(tagEnd) != '$') {
      tagEnd++;
    }
    boolean opens =
        tagEnd < text.length()
            && text.charAt(tagEnd) == '$'
            && !(text.charAt(at + 1) >= '0' && text.charAt(at + 1) <= '9');
    if (!opens) {
      return at + 1;
    }
    String delimiter = text.substring(at, tagEnd + 1);
    int close = text.indexOf(delimiter, tagEnd + 1);
    return close < 0 ? text.length() : close + delimiter.length();
  }

  private void comment(int end) {
    commentEnds.put(at, end);
    commentStarts.put(end, at);
    at = end;
  }

  private int endOfBlockComment() {
    int depth = 0;
    for (int i = at; i < text.length() - 1; i++) {
      if (text.startsWith("/*", i)) {
        depth++;
        i++;
      } else if (text.startsWith("*/", i)) {
        depth--;
        i++;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return text.length();
  }

  private void word() {
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at).toLowerCase(Locale.ROOT);
    if (firstWord.isEmpty()) {
      firstWord = word;
    }
    fromStdin |= previousWord.equals("from") && word.equals("stdin");
    boolean bodyBegins = word.equals("atomic") && previousWord.equals("begin");
    if (bodyBegins || (atomicDepth > 0 && word.equals("case"))) {
      atomicDepth++;
      marks.add(new Mark(start, MarkKind.OPEN));
    } else if (atomicDepth > 0 && word.equals("end")) {
      atomicDepth--;
      marks.add(new Mark(start, MarkKind.CLOSE));
    }
    previousWord = word;
  }

  private void semicolon() {
    mark(MarkKind.SEMICOLON);
    if (atomicDepth > 0) {
      return;
    }
    boolean data = firstWord.equals("copy") && fromStdin;
    firstWord = "";
    previousWord = "";
    fromStdin = false;
    if (data) {
      copyData();
    }
  }

  /** The data begins in the line after the statement's, and ends with a line {@code \.}. */
  private void copyData() {
    int start = Math.min(lineEnd(at) + 1, text.length());
    int line = start;
    while (line < text.length()
        && !text.substring(line, lineEnd(line)).stripTrailing().equals("\\.")) {
      line = Math.min(lineEnd(line) + 1, text.length());
    }
    int end = line < text.length() ? lineEnd(line) : line;
    blank(start, end);
    // What follows the semicolon in its own line is SQL still; psql reads it after the data.
    while (at < start) {
      next();
    }
    at = Math.max(at, end);
  }

  /** To the end of the line, or to {@code \\}, which parts it from what follows. */
  private void metaCommand() {
    if (text.startsWith("\\;", at)) {
      blank(at, at + 1);
      at++;
      return;
    }
    int start = at;
    int separator = text.indexOf("\\\\", at + 1);
    int end = lineEnd(at);
    if (separator >= 0 && separator < end) {
      end = separator + 2;
    }
    String name = commandName(end);
    metaCommands.add(new MetaCommand(name, Position.of(text, start), end));
    blank(start, end);
    if (SENDING.contains(name)) {
      sql[start] = ';';
      semicolon();
    }
    at = Math.max(at, end);
  }

  /** A word, or a single other char. */
  private String commandName(int end) {
    int nameEnd = at + 1;
    while (nameEnd < end && isWordPart(text.charAt(nameEnd))) {
      nameEnd++;
    }
    return text.substring(at + 1, nameEnd == at + 1 ? Math.min(nameEnd + 1, end) : nameEnd);
  }

  private void blank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (sql[i] != '\n') {
        sql[i] = ' ';
      }
    }
  }

  private int lineEnd(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** PostgreSQL takes every char beyond ASCII for a letter. */
  private static boolean isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || (c >= '0' && c <= '9') || c == '$';
  }
}

package dev.plumbline.parser;

import java.util.List;
import java.util.Map;

/**
 * A text as psql would read it, before PostgreSQL's parser sees it: without the lines that are for
 * psql alone, and with the places where statements may end. The parser itself cannot tell them: it
 * refuses a whole text for one error in it.
 *
 * @param sql the text, with psql's commands and the data of {@code COPY … FROM stdin} blanked out,
 *     char for char
 * @param metaCommands what was for psql
 * @param marks what opens, closes and ends statements, in order
 * @param commentEnds where the comment that begins here ends
 * @param commentStarts where the comment that ends here begins
 */
record PsqlScript(
    String sql,
    List<MetaCommand> metaCommands,
    List<Mark> marks,
    Map<Integer, Integer> commentEnds,
    Map<Integer, Integer> commentStarts) {

  enum MarkKind {
    /** A parenthesis, a BEGIN ATOMIC, or a CASE within one: a semicolon inside ends nothing. */
    OPEN,
    CLOSE,
    SEMICOLON
  }

  record Mark(int offset, MarkKind kind) {}

  /**
   * Where a statement ends.
   *
   * @param offset of its semicolon, or of the text's end
   * @param closed whether all that was opened in it is closed
   */
  record End(int offset, boolean closed) {}

  static PsqlScript read(String text) {
    return new PsqlLexer(text).read();
  }

  /** The end of the statement that begins here. */
  End endAfter(int from) {
    int depth = 0;
    for (Mark mark : marksFrom(from)) {
      switch (mark.kind()) {
        case OPEN -> depth++;
        case CLOSE -> depth = Math.max(0, depth - 1);
        case SEMICOLON -> {
          if (depth == 0) {
            return new End(mark.offset(), true);
          }
        }
      }
    }
    return new End(sql.length(), depth == 0);
  }

  /** The first semicolon from here on, whatever is open; the text's end if there is none. */
  int semicolonFrom(int offset) {
    for (Mark mark : marksFrom(offset)) {
      if (mark.kind() == MarkKind.SEMICOLON) {
        return mark.offset();
      }
    }
    return sql.length();
  }

  private List<Mark> marksFrom(int offset) {
    int low = 0;
    int high = marks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (marks.get(middle).offset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return marks.subList(low, marks.size());
  }

  /** The first char from here on, before an end, that is neither blank nor in a comment. */
  int skipBlank(int from, int end) {
    int at = from;
    while (at < end) {
      Integer commentEnd = commentEnds.get(at);
      if (commentEnd != null) {
        at = commentEnd;
      } else if (isBlank(sql.charAt(at))) {
        at++;
      } else {
        return at;
      }
    }
    return end;
  }

  /** The end of the last char before this one that is neither blank nor in a comment. */
  int skipBlankBackwards(int start, int from) {
    int at = from;
    while (at > start) {
      Integer commentStart = commentStarts.get(at);
      if (commentStart != null) {
        at = commentStart;
      } else if (isBlank(sql.charAt(at - 1))) {
        at--;
      } else {
        return at;
      }
    }
    return start;
  }

  /** PostgreSQL's white space, which is less than Unicode's. */
  static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}

package dev.plumbline.parser;

/**
 * A place in a text.
 *
 * @param offset in chars, from 0
 * @param line from 1
 * @param column in chars, from 1
 */
public record Position(int offset, int line, int column) {

  /** The place of an offset; lines end with a line feed. */
  public static Position of(String text, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int end = text.indexOf('\n');
        end >= 0 && end < offset;
        end = text.indexOf('\n', end + 1)) {
      line++;
      lineStart = end + 1;
    }
    return new Position(offset, line, offset - lineStart + 1);
  }
}

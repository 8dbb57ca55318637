package dev.plumbline.dialect;

import dev.plumbline.error.Position;

/**
 * SQL that the user wrote in a file of the project, with its place there.
 *
 * @param text the SQL, passed through untouched
 * @param start where its first character stands
 * @param indent the column at which its second and later lines begin, counted from 1
 */
public record Fragment(String text, Position start, int indent) {

  /** Where the character at an offset (from 0) of the text stands in the file. */
  public Position at(int offset) {
    int end = Math.min(Math.max(offset, 0), text.length());
    String before = text.substring(0, end);
    int lines = (int) before.chars().filter(c -> c == '\n').count();
    int inLine = end - (before.lastIndexOf('\n') + 1);
    return lines == 0
        ? new Position(start.file(), start.line(), start.column() + inLine)
        : new Position(start.file(), start.line() + lines, indent + inLine);
  }
}

package dev.plumbline.document;

/** A text is no JSON document that can be kept exactly. The message says why, and where. */
public final class UnreadableJson extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  UnreadableJson(String what, int line, int column) {
    super(what + ", in line " + line + ", column " + column);
    this.line = line;
    this.column = column;
  }

  /** Where, counted from 1. */
  public int line() {
    return line;
  }

  /** Where in that line, counted from 1. */
  public int column() {
    return column;
  }
}

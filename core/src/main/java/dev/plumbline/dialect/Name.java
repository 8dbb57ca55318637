package dev.plumbline.dialect;

import dev.plumbline.error.Position;

/** The name of a table or column as the user wrote it, with its place. */
public record Name(String text, Position position) {
  @Override
  public String toString() {
    return text;
  }
}

package dev.plumbline.error;

import java.nio.file.Path;

/** A place in a file of the project. Lines and columns count from 1. */
public record Position(Path file, int line, int column) {
  public Position {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("line and column count from 1");
    }
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}

package dev.plumbline.invariant;

import dev.plumbline.dialect.Sha256;
import java.nio.file.Path;

/**
 * The text of an invariant's file. The journal keeps it, so that a run goes on with the statement
 * that it began with.
 */
public record Definition(Path file, String text) {

  /** SHA-256 of the text in UTF-8, in hexadecimal. */
  public String checksum() {
    return Sha256.of(text);
  }
}

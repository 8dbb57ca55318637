package dev.plumbline.embedded;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL could not do what was asked. The message has three lines. */
public final class EmbeddedServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param happened what happened, in the user's names
   * @param safe what is untouched or already done
   * @param next what to do now
   */
  EmbeddedServerException(String happened, String safe, String next, @Nullable Throwable cause) {
    super(happened + "\n" + safe + "\n" + next, cause);
  }

  EmbeddedServerException(String happened, String safe, String next) {
    this(happened, safe, next, null);
  }

  /** Files of the server that cannot be read or written. */
  static EmbeddedServerException files(Path directory, IOException cause) {
    return new EmbeddedServerException(
        "The embedded PostgreSQL's files in " + directory + " cannot be used: " + cause,
        "Its data is kept as it is.",
        "See whether the disk is full, or the directory belongs to another user; then retry.",
        cause);
  }
}

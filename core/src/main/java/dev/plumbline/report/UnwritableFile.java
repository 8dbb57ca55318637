package dev.plumbline.report;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file for an audit's results that the file system does not let be written. */
public final class UnwritableFile {
  private UnwritableFile() {}

  /**
   * @param what what was to be written, with a capital letter
   */
  public static PlumblineException error(String what, Path target, IOException cause) {
    return new PlumblineException(
        ErrorCode.UNREACHABLE,
        what + " cannot be written to " + target + ": " + reason(cause),
        "The audit only reads: nothing in the database was changed.",
        "Check that the directory is there, may be written to and has room, then try again.",
        cause);
  }

  private static String reason(IOException cause) {
    return switch (cause) {
      case NoSuchFileException missing -> "there is no such directory";
      default -> FileRefusal.of(cause);
    };
  }
}

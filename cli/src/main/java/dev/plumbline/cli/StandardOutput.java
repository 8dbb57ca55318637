package dev.plumbline.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, always in UTF-8: it carries the database's text, whatever the locale. It keeps
 * the first failure to write, since {@link PrintStream} would swallow it. For one thread.
 */
final class StandardOutput {
  private static final int BUFFER = 8192;

  /** The file type's bits in a mode, and the types of pipes and sockets; see inode(7). */
  private static final int TYPE = 0170000;

  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  private final PrintStream stream;
  private @Nullable IOException failure;

  StandardOutput() {
    OutputStream kept =
        new FilterOutputStream(new FileOutputStream(FileDescriptor.out)) {
          @Override
          public void write(byte[] bytes, int start, int length) throws IOException {
            try {
              out.write(bytes, start, length);
            } catch (IOException e) {
              failure = failure == null ? e : failure;
              throw e;
            }
          }
        };
    stream = new PrintStream(new BufferedOutputStream(kept, BUFFER), false, StandardCharsets.UTF_8);
  }

  PrintStream stream() {
    return stream;
  }

  static PrintStream errors() {
    return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  }

  /**
   * Writes what is left, and says why the result did not arrive. A reader that has had enough, such
   * as {@code head}, is no failure.
   */
  Optional<IOException> finish() {
    stream.flush();
    return failure == null || hasReader() ? Optional.empty() : Optional.of(failure);
  }

  private static boolean hasReader() {
    try {
      int mode = (Integer) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode") & TYPE;
      return mode == PIPE || mode == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}

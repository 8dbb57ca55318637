package dev.plumbline.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Reads a process's output as it comes, so that the process never waits for its reader. */
final class CapturedOutput {
  private static final int BUFFER = 8192;

  private final StringBuilder text = new StringBuilder();
  private final Thread reader;

  private CapturedOutput(InputStream stream) {
    reader = Thread.ofPlatform().daemon().name("output").unstarted(() -> readAll(stream));
  }

  static CapturedOutput of(InputStream stream) {
    CapturedOutput output = new CapturedOutput(stream);
    output.reader.start();
    return output;
  }

  private void readAll(InputStream stream) {
    char[] chars = new char[BUFFER];
    try (Reader decoded = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      for (int n = decoded.read(chars); n >= 0; n = decoded.read(chars)) {
        append(chars, n);
      }
    } catch (IOException e) {
      append("\n(the output broke off: " + e + ")");
    }
  }

  private synchronized void append(char[] chars, int length) {
    text.append(chars, 0, length);
  }

  private synchronized void append(String note) {
    text.append(note);
  }

  synchronized String text() {
    return text.toString();
  }

  /** Waits until all is read; for a process that has ended. */
  void awaitEnd() throws InterruptedException {
    reader.join();
  }
}

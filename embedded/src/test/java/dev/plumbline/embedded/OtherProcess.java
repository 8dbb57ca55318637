package dev.plumbline.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A second, real process that opens a server and holds it until it is told to close or killed. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OtherProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Starts it, and returns at once. */
  static OtherProcess start(Path directory) throws IOException {
    return new OtherProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Waits until it has the server open; returns the port it uses. */
  int port() throws IOException {
    return Integer.parseInt(String.valueOf(output.readLine()));
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Lets it close its server and end. */
  @Override
  public void close() throws Exception {
    process.outputWriter().close();
    process.waitFor();
  }

  /** Opens the directory's server, says its port, and closes it when its input ends. */
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedServer server = EmbeddedServer.open(Path.of(arguments[0]))) {
      System.out.println(server.port());
      while (System.in.read() >= 0) {}
    }
  }
}

package dev.plumbline.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The port of a server: chosen free the first time, then kept, so that other tools find it. */
final class Ports {
  private Ports() {}

  /** The port written in a file, if there is one and nobody else listens there. */
  static OptionalInt keptAndFree(Path file) {
    try {
      if (!Files.exists(file)) {
        return OptionalInt.empty();
      }
      int port = Integer.parseInt(Files.readString(file).strip());
      return isFree(port) ? OptionalInt.of(port) : OptionalInt.empty();
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    } catch (IOException e) {
      throw EmbeddedServerException.files(file, e);
    }
  }

  /** Any free port, written into the file. */
  static int choose(Path file) {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      Files.writeString(file, socket.getLocalPort() + "\n");
      return socket.getLocalPort();
    } catch (IOException e) {
      throw EmbeddedServerException.files(file, e);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}

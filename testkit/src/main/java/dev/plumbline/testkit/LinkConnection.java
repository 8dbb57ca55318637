package dev.plumbline.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Consumer;

/** One connection through a {@link FaultyLink}: two sockets, and a thread for each direction. */
final class LinkConnection {
  private static final int BUFFER = 16 * 1024;

  private final Socket client;
  private final Socket server;
  private final LinkFaults faults;
  private final Consumer<LinkConnection> whenEnded;

  LinkConnection(
      Socket client, Socket server, LinkFaults faults, Consumer<LinkConnection> whenEnded) {
    this.client = client;
    this.server = server;
    this.faults = faults;
    this.whenEnded = whenEnded;
  }

  void start() {
    Thread.ofPlatform().daemon().name("requests").start(() -> carry(client, server, false));
    Thread.ofPlatform().daemon().name("replies").start(() -> carry(server, client, true));
  }

  private void carry(Socket from, Socket to, boolean isReply) {
    byte[] bytes = new byte[BUFFER];
    try {
      for (int length = read(from, bytes); length >= 0; length = read(from, bytes)) {
        LinkFaults.Verdict verdict = faults.judge(isReply, bytes, length);
        to.getOutputStream().write(bytes, 0, verdict.forward());
        if (verdict.cut()) {
          break;
        }
      }
    } catch (IOException e) {
      // One side has gone, and so goes the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      cut();
    }
  }

  private static int read(Socket from, byte[] bytes) throws IOException {
    return from.getInputStream().read(bytes);
  }

  void cut() {
    reset(client);
    reset(server);
    whenEnded.accept(this);
  }

  /** Closes as a broken network does: with a reset, whatever has not been delivered is lost. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Already closed.
    }
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing left to close.
    }
  }
}

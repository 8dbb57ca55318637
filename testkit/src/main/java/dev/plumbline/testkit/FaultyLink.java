package dev.plumbline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between client and PostgreSQL that fails on demand: a TCP proxy on 127.0.0.1. Faults
 * that are armed beforehand strike once, in the middle of whatever is going on. Any thread may use
 * it.
 */
public final class FaultyLink implements AutoCloseable {
  private final TestDatabase database;
  private final ServerSocket listener;
  private final LinkFaults faults = new LinkFaults();
  private final Set<LinkConnection> connections = ConcurrentHashMap.newKeySet();

  private FaultyLink(TestDatabase database) throws IOException {
    this.database = database;
    this.listener = new ServerSocket(0, 50, loopback());
  }

  /** A link to a PostgreSQL database, in good order. */
  public static FaultyLink to(TestDatabase database) {
    try {
      FaultyLink link = new FaultyLink(database);
      Thread.ofPlatform().daemon().name("faulty link").start(link::acceptAll);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database's URL by way of this link. */
  public String url() {
    String direct = ":" + serverPort() + "/";
    return database.url().replace(direct, ":" + listener.getLocalPort() + "/");
  }

  /** Cuts all connections at once; new ones succeed. */
  public void cut() {
    connections.forEach(LinkConnection::cut);
  }

  /** From now on new connections are cut before the server sees them, until {@link #heal}. */
  public void refuse() {
    faults.refuse();
  }

  /** Nothing arrives any more, in either direction, and nothing is cut, until {@link #heal}. */
  public void freeze() {
    faults.freeze();
  }

  /** Cuts the connection after this many more bytes, of both directions together. */
  public void cutAfter(long bytes) {
    faults.cutAfter(bytes);
  }

  /**
   * Cuts the connection instead of delivering the next part of a reply that contains a text: the
   * server has done it, and the client will not know. With {@code "COMMIT"} the next commit.
   */
  public void loseReply(String text) {
    faults.loseReply(text);
  }

  /** Ends {@link #refuse} and {@link #freeze}, and disarms what has not struck. */
  public void heal() {
    faults.heal();
  }

  /** How many connections the armed faults have cut. */
  public int struck() {
    return faults.struck();
  }

  private int serverPort() {
    return database.postgresHost().server().port();
  }

  private void acceptAll() {
    while (true) {
      try {
        connect(listener.accept());
      } catch (SocketException e) {
        return; // closed
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void connect(Socket client) throws IOException {
    if (faults.isRefusing()) {
      LinkConnection.reset(client);
      return;
    }
    try {
      Socket server = new Socket(loopback(), serverPort());
      LinkConnection connection = new LinkConnection(client, server, faults, connections::remove);
      connections.add(connection);
      connection.start();
    } catch (IOException e) {
      LinkConnection.reset(client); // the server is down, and so the client shall see
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    heal();
    cut();
  }
}

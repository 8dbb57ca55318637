package dev.plumbline.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A small service over a table of boxes, as one that is running while the table changes: it reads
 * the column {@code width}, and answers 500 where that is gone. It also hears a webhook's notices.
 */
final class BoxesService implements AutoCloseable {
  private final TestDatabase database;
  private final HttpServer server;
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private volatile String column = "width";
  private volatile Runnable onTrouble = () -> {};

  BoxesService(TestDatabase database) {
    this.database = database;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/boxes", this::boxes);
    server.createContext("/hook", this::hear);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A new version of it reads another column. */
  void reads(String other) {
    column = other;
  }

  /** What somebody does who sees it fail. */
  void onTrouble(Runnable reaction) {
    onTrouble = reaction;
  }

  /** What the webhook was told, oldest first. */
  List<String> notices() {
    return List.copyOf(notices);
  }

  private void boxes(HttpExchange exchange) throws IOException {
    try {
      database.query("SELECT " + column + " FROM boxes");
      answer(exchange, 200, "{\"right\": true}");
    } catch (IllegalStateException gone) {
      onTrouble.run();
      answer(exchange, 500, "{}");
    }
  }

  private void hear(HttpExchange exchange) throws IOException {
    notices.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    answer(exchange, 200, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

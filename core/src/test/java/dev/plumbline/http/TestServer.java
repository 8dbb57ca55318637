package dev.plumbline.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service that answers what it is told to, in turn, and keeps what it was asked. */
public final class TestServer implements AutoCloseable {
  /** How one request is answered. */
  public interface Behaviour {
    void answer(HttpExchange exchange, Asked asked) throws IOException;
  }

  /** What was asked; headers by their names as the server spells them, "If-match". */
  public record Asked(
      String method, String address, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Behaviour> behaviours = new ConcurrentLinkedQueue<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Behaviour otherwise = json(200, "{}");

  public TestServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Asked request =
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            body);
    asked.add(request);
    Behaviour next = behaviours.poll();
    (next == null ? otherwise : next).answer(exchange, request);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next requests, one each. */
  public TestServer then(Behaviour... next) {
    behaviours.addAll(List.of(next));
    return this;
  }

  /** All further ones. */
  public TestServer otherwise(Behaviour behaviour) {
    otherwise = behaviour;
    return this;
  }

  public List<Asked> asked() {
    return asked;
  }

  /** An answer; headers as name, value, name, value. */
  public static Behaviour json(int status, String body, String... headers) {
    return (exchange, request) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    };
  }

  /** The connection ends without an answer. */
  public static Behaviour cut() {
    return (exchange, request) -> exchange.close();
  }

  /** The answer begins and does not end. */
  public static Behaviour half() {
    return (exchange, request) -> {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** No answer as long as the server is up, or one that never ends. */
  public Behaviour hang(boolean afterHeaders) {
    return (exchange, request) -> {
      if (afterHeaders) {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().flush();
      }
      try {
        closed.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    };
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}

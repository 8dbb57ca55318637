package dev.plumbline.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.http.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A service that answers as it is told, on a clock of its own: an answer takes as long as it says,
 * and nobody waits for it.
 */
public final class CommandedService implements Time, AutoCloseable {
  private static final Instant BEGINNING = Instant.parse("2026-11-21T12:00:00Z");

  private final HttpServer server;
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> requests = new ArrayList<>();
  private Function<Integer, Answer> answers = n -> new Answer(200, "{}", Duration.ofMillis(40));

  /** One answer. */
  public record Answer(int status, String body, Duration takes) {}

  public CommandedService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** From now on it answers so, by the number of the request, from 1. */
  public synchronized void answers(Function<Integer, Answer> how) {
    answers = how;
  }

  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** The requests until now: method, path, body. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
    Answer answer = answers.apply(requests.size());
    nanos.addAndGet(answer.takes().toNanos());
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return BEGINNING.plusNanos(nanos.get());
  }

  @Override
  public void sleep(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

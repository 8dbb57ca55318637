package dev.plumbline.example.campus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The application as an HTTP server on this machine. */
public final class Campus implements AutoCloseable {
  private static final byte[] LOCAL = {127, 0, 0, 1};

  private final JsonMapper json = new JsonMapper();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Contacts contacts;
  private final Answers answers;

  private Campus(HttpServer server, Contacts contacts, Courses courses) {
    this.server = server;
    this.contacts = contacts;
    this.answers = new Answers(contacts, courses);
  }

  /**
   * Starts it.
   *
   * @param port 0: one that is free
   * @param crm where the contacts are
   * @param content the folder with {@code pathways} and {@code courses}
   */
  public static Campus start(int port, URI crm, String token, Path content) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(LOCAL), port);
    Campus campus =
        new Campus(HttpServer.create(address, 0), new Contacts(crm, token), Courses.read(content));
    campus.server.createContext("/", campus::handle);
    campus.server.setExecutor(campus.threads);
    campus.server.start();
    return campus;
  }

  /**
   * Takes the port and the folder of the content; {@code CRM_URL} and {@code CRM_TOKEN} are set.
   */
  public static void main(String[] args) throws IOException {
    Map<String, String> environment = System.getenv();
    URI crm = URI.create(environment.getOrDefault("CRM_URL", ""));
    String token = environment.getOrDefault("CRM_TOKEN", "");
    PrintStream out = System.out;
    try (Campus campus = start(Integer.parseInt(args[0]), crm, token, Path.of(args[1]))) {
      out.println(campus.uri());
      out.flush();
      while (System.in.read() != -1) {
        // Runs until its input ends.
      }
    }
  }

  /** Where it is reached. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      send(exchange, 200, answer(exchange, query(exchange.getRequestURI()), body));
    } catch (Refused refused) {
      send(exchange, refused.status(), json.createObjectNode().put("error", refused.text()));
    }
  }

  private JsonNode answer(HttpExchange exchange, Map<String, String> query, String body) {
    return switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
      case "POST /events/track" -> answers.track(read(body));
      case "GET /progress/read" -> answers.read(wanted(query, "contact"));
      case "GET /progress/aggregate" -> answers.aggregate();
      case "GET /enrollments/list" -> answers.enrollments(wanted(query, "pathway"));
      default -> throw new Refused(404, "There is nothing here.");
    };
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new Refused(400, "The event is not JSON.");
    }
  }

  private static String wanted(Map<String, String> query, String name) {
    String value = query.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new Refused(400, "`" + name + "` is missing in the address.");
    }
    return value;
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    String raw = uri.getRawQuery();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      String[] sides = part.split("=", 2);
      query.put(
          sides[0], sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
    byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    contacts.close();
  }
}

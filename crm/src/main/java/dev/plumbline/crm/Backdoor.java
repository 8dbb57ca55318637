package dev.plumbline.crm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What tests in another process ask of the stand-in and no client may: counters, a record as it is,
 * and what goes wrong from now on. Nothing here is limited or counted.
 */
final class Backdoor implements HttpHandler {
  static final String PATH = "/stand-in/";

  private final Crm crm;

  Backdoor(Crm crm) {
    this.crm = crm;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Answer answer;
    try {
      answer =
          answer(
              exchange.getRequestMethod(),
              List.of(exchange.getRequestURI().getPath().substring(PATH.length()).split("/")),
              text);
    } catch (ApiError refused) {
      answer = refused.answer(0);
    }
    Wire.send(exchange, answer.status(), "application/json", Json.write(answer.body()));
  }

  private Answer answer(String method, List<String> place, String text) {
    return switch (method + " " + place.getFirst()) {
      case "GET traffic" -> new Answer(200, traffic());
      case "GET changes" -> new Answer(200, changes());
      case "GET records" -> new Answer(200, record(place));
      case "POST learn" -> new Answer(200, learn(place));
      case "POST learning" -> learning(Json.read(text));
      case "POST faults" -> faults(Json.read(text));
      case "POST token" -> token(Json.read(text));
      default -> throw ApiError.noSuchPlace();
    };
  }

  private ObjectNode traffic() {
    Traffic traffic = crm.traffic();
    ObjectNode node = Json.object().put("requests", traffic.requests());
    ObjectNode kinds = node.putObject("byKind");
    traffic.byKind().forEach((kind, count) -> kinds.put(kind.name(), count));
    ObjectNode statuses = node.putObject("byStatus");
    traffic.byStatus().forEach((status, count) -> statuses.put(String.valueOf(status), count));
    ObjectNode seconds = node.putObject("admittedBySecond");
    traffic
        .admittedBySecond()
        .forEach((second, count) -> seconds.put(String.valueOf(second), count));
    ObjectNode writes = node.put("busiest", traffic.busiest()).putObject("writesByCount");
    traffic.writesByCount().forEach((count, records) -> writes.put(String.valueOf(count), records));
    return node;
  }

  private ObjectNode changes() {
    ObjectNode node = Json.object();
    node.set("changes", Json.list(crm.changes().stream().map(Backdoor::shown).toList()));
    return node;
  }

  private static ObjectNode shown(Change change) {
    ObjectNode node =
        Json.object()
            .put("type", change.type())
            .put("id", String.valueOf(change.id()))
            .put("by", change.by().name())
            .put("mark", change.mark())
            .put("at", change.at());
    ObjectNode written = node.putObject("written");
    change.written().forEach(written::put);
    return node;
  }

  private ObjectNode record(List<String> place) {
    CrmRecord record = crm.find(type(place), id(place)).orElseThrow(ApiError::noSuchPlace);
    ObjectNode node =
        Json.object()
            .put("id", String.valueOf(record.id()))
            .put("updatedAt", record.updatedAt())
            .put("clientWrites", crm.clientWrites(type(place), record.id()));
    ObjectNode properties = node.putObject("properties");
    record.properties().forEach(properties::put);
    return node;
  }

  private ObjectNode learn(List<String> place) {
    Optional<Change> change = crm.learn(type(place), id(place), new ProgressLearner());
    return change.map(Backdoor::shown).orElseGet(Json::object);
  }

  private Answer learning(ObjectNode body) {
    crm.learning(
        new Learning(
            body.path("share").asDouble(),
            body.path("seed").asLong(),
            body.path("moment").asText().equals("AFTER_READ")
                ? Learning.Moment.AFTER_READ
                : Learning.Moment.AFTER_LIST,
            new ProgressLearner()));
    return new Answer(200, Json.object());
  }

  private Answer faults(ObjectNode body) {
    crm.faults(
        Faults.none()
            .withSeed(body.path("seed").asLong())
            .withErrors(body.path("errors").asDouble())
            .withTimeouts(
                body.path("timeouts").asDouble(),
                Duration.ofMillis(body.path("lateMillis").asLong(30_000)))
            .withCuts(body.path("cuts").asDouble())
            .withRefusedRecords(body.path("refusedRecords").asDouble()));
    return new Answer(200, Json.object());
  }

  private Answer token(ObjectNode body) {
    if (body.has("token")) {
      crm.renewToken(body.path("token").asText());
    } else {
      crm.expireToken();
    }
    return new Answer(200, Json.object());
  }

  private static String type(List<String> place) {
    if (place.size() != 3 || !place.get(1).matches("[a-z0-9_-]+")) {
      throw ApiError.noSuchPlace();
    }
    return place.get(1);
  }

  private static long id(List<String> place) {
    if (!place.getLast().matches("[0-9]{1,18}")) {
      throw ApiError.noSuchPlace();
    }
    return Long.parseLong(place.getLast());
  }
}

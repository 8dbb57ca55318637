package dev.plumbline.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.plumbline.document.Json;
import dev.plumbline.document.UnreadableJson;
import dev.plumbline.http.TestServer;
import dev.plumbline.http.TestServer.Asked;
import dev.plumbline.http.TestServer.Behaviour;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small API of records, {@code /v1/things}, unlike the CRM's: a record's key is {@code key}, its
 * fields stand in {@code data}, its state is an ETag, pages are named by addresses or cursors.
 */
final class Shelf {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern PLACE = Pattern.compile("/v1/things(?:/([^/?]+))?(?:[?](.*))?");

  /** A record's fields and how often it was changed. */
  private record Thing(ObjectNode data, int revision) {}

  private final ConcurrentSkipListMap<String, Thing> things = new ConcurrentSkipListMap<>();
  private final boolean asValues;

  /** Whether the document is a JSON value in its record; else a text. */
  Shelf(boolean asValues) {
    this.asValues = asValues;
  }

  void put(String key, String document) {
    things.compute(
        key,
        (same, old) ->
            new Thing(
                JSON.createObjectNode().set(DocumentSourceContract.DOCUMENT, value(document)),
                old == null ? 1 : old.revision() + 1));
  }

  private JsonNode value(String document) {
    try {
      return asValues ? Json.read(document) : JSON.getNodeFactory().textNode(document);
    } catch (UnreadableJson e) {
      throw new IllegalArgumentException(e);
    }
  }

  void remove(String key) {
    things.remove(key);
  }

  ObjectNode data(String key) {
    return Optional.ofNullable(things.get(key)).orElseThrow().data();
  }

  /** The document as it is, text or value. */
  String document(String key) {
    JsonNode value = data(key).path(DocumentSourceContract.DOCUMENT);
    return asValues ? Json.write(value) : value.textValue();
  }

  Behaviour behaviour() {
    return this::answer;
  }

  private void answer(HttpExchange exchange, Asked asked) throws IOException {
    Matcher place = PLACE.matcher(asked.address());
    Behaviour answer = place.matches() ? answer(place, asked) : TestServer.json(404, "{}");
    answer.answer(exchange, asked);
  }

  private Behaviour answer(Matcher place, Asked asked) {
    String key = place.group(1) == null ? "" : decoded(place.group(1).replace("+", "%2B"));
    return switch (asked.method() + (key.isEmpty() ? " all" : " one")) {
      case "GET all" -> list(place.group(2) == null ? "" : place.group(2));
      case "GET one" -> one(key);
      case "PATCH one" -> write(key, asked.body(), asked.header("If-match"));
      default -> TestServer.json(405, "{}");
    };
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private Behaviour one(String key) {
    Thing thing = things.get(key);
    return thing == null
        ? TestServer.json(404, "{\"message\":\"no such thing\"}")
        : TestServer.json(200, Json.write(shown(key, thing)), "ETag", etag(thing));
  }

  private static String etag(Thing thing) {
    return "\"r" + thing.revision() + "\"";
  }

  private static ObjectNode shown(String key, Thing thing) {
    ObjectNode shown = JSON.createObjectNode().put("key", key);
    shown.set("data", thing.data());
    return shown;
  }

  private Behaviour list(String query) {
    String from = parameter(query, "from").orElse("");
    int size = parameter(query, "size").map(Integer::parseInt).orElse(10);
    List<Map.Entry<String, Thing>> rest =
        things.tailMap(from, false).entrySet().stream().limit(size + 1L).toList();
    ObjectNode body = JSON.createObjectNode();
    ArrayNode items = body.putArray("things");
    rest.stream().limit(size).forEach(each -> items.add(shown(each.getKey(), each.getValue())));
    body.putNull("cursor").putNull("more");
    if (rest.size() > size) {
      String last = rest.get(size - 1).getKey();
      body.put("cursor", last);
      body.put("more", "things?size=" + size + "&from=" + Encoded.query(last));
    }
    return TestServer.json(200, Json.write(body));
  }

  private static Optional<String> parameter(String query, String name) {
    Matcher found = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
    return found.find() ? Optional.of(decoded(found.group(1))) : Optional.empty();
  }

  /** What a write does; the body's {@code data} is merged, null takes a field away. */
  private Behaviour write(String key, String body, String ifMatch) {
    Thing thing = things.get(key);
    if (thing == null) {
      return TestServer.json(404, "{\"message\":\"no such thing\"}");
    }
    if (!ifMatch.isEmpty() && !ifMatch.equals(etag(thing))) {
      return TestServer.json(412, "{\"message\":\"it is another one now\"}");
    }
    ObjectNode data = thing.data().deepCopy();
    read(body).path("data").properties().forEach(each -> set(data, each));
    things.put(key, new Thing(data, thing.revision() + 1));
    return TestServer.json(204, "");
  }

  private static void set(ObjectNode data, Map.Entry<String, JsonNode> each) {
    if (each.getValue().isNull()) {
      data.remove(each.getKey());
    } else {
      data.set(each.getKey(), each.getValue());
    }
  }

  private static JsonNode read(String body) {
    try {
      return Json.read(body);
    } catch (UnreadableJson e) {
      throw new IllegalArgumentException(e);
    }
  }
}

package dev.plumbline.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.document.Json;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.ApiClient;
import dev.plumbline.http.ApiRequest;
import dev.plumbline.http.Reply;
import dev.plumbline.http.Reply.Answer;
import dev.plumbline.source.DocumentSource.Fate;
import dev.plumbline.source.DocumentSource.Write;
import dev.plumbline.source.DocumentSource.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a batch and reads of the answer what became of each of its records. One bad record may
 * come back by itself (207), or have the whole batch refused (400): then the batch is halved until
 * it stands alone.
 */
final class HubspotWrite {
  private static final int NOT_FOUND = 404;

  /** Refusals that may be due to one record of the batch. */
  private static final Set<Integer> OF_ONE = Set.of(400, NOT_FOUND, 409, 413, 422);

  /** What the CRM says of a record when the fault is its own. */
  private static final Set<String> UNCERTAIN =
      Set.of("INTERNAL_ERROR", "RATE_LIMITS", "RATE_LIMIT", "TIMEOUT", "UNAVAILABLE");

  private final ApiClient client;
  private final String path;

  HubspotWrite(ApiClient client, String path) {
    this.client = client;
    this.path = path;
  }

  List<Written> write(List<Write> writes) {
    return switch (client.send(update(writes))) {
      case Reply.Lost lost -> all(writes, Fate.UNKNOWN, lost.what());
      case Answer answer when answer.isSuccess() -> each(writes, answer);
      case Answer answer when OF_ONE.contains(answer.status()) -> refused(writes, answer);
      case Answer answer ->
          throw HttpAnswers.unexpected(client, "the CRM at " + client.service(), answer);
    };
  }

  /** HubSpot takes a value away where the text is empty. */
  private ApiRequest update(List<Write> writes) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode inputs = body.putArray("inputs");
    for (Write write : writes) {
      ObjectNode properties = inputs.addObject().put("id", write.id()).putObject("properties");
      write.properties().forEach((name, text) -> properties.put(name, text.orElse("")));
    }
    return ApiRequest.post(ApiRequest.Kind.WRITE, path + "/batch/update", Json.write(body));
  }

  private static List<Written> all(List<Write> writes, Fate fate, String what) {
    return writes.stream().map(write -> new Written(write.id(), fate, what)).toList();
  }

  private List<Written> each(List<Write> writes, Answer answer) {
    Map<String, Written> named = new LinkedHashMap<>();
    for (JsonNode error : answer.body().path("errors")) {
      for (String id : ids(error)) {
        named.put(id, failed(id, error));
      }
    }
    for (JsonNode result : answer.body().path("results")) {
      String id = result.path("id").asText();
      named.putIfAbsent(id, Written.done(id));
    }
    Optional<Written> only = onlyUnnamed(writes, named, answer);
    return writes.stream()
        .map(
            write ->
                Optional.ofNullable(named.get(write.id()))
                    .or(() -> only)
                    .orElseGet(() -> unnamed(write.id(), answer)))
        .toList();
  }

  /** An error that names no record is that of the record that nothing else names. */
  private static Optional<Written> onlyUnnamed(
      List<Write> writes, Map<String, Written> named, Answer answer) {
    List<String> rest =
        writes.stream().map(Write::id).filter(id -> !named.containsKey(id)).toList();
    for (JsonNode error : answer.body().path("errors")) {
      if (rest.size() == 1 && ids(error).isEmpty()) {
        return Optional.of(failed(rest.get(0), error));
      }
    }
    return Optional.empty();
  }

  private static Written unnamed(String id, Answer answer) {
    return new Written(id, Fate.UNKNOWN, "the answer (" + answer.status() + ") says nothing of it");
  }

  private static List<String> ids(JsonNode error) {
    List<String> ids = new ArrayList<>();
    JsonNode context = error.path("context");
    for (JsonNode named : List.of(context.path("ids"), context.path("id"))) {
      if (named.isArray()) {
        named.forEach(id -> ids.add(id.asText()));
      } else if (named.isValueNode()) {
        ids.add(named.asText());
      }
    }
    return ids;
  }

  private static Written failed(String id, JsonNode error) {
    String category = error.path("category").asText("no reason given");
    String what = HttpAnswers.shortened(category + ": " + error.path("message").asText(""));
    if (category.equals("OBJECT_NOT_FOUND")) {
      return new Written(id, Fate.GONE, what);
    }
    return new Written(id, UNCERTAIN.contains(category) ? Fate.UNKNOWN : Fate.REFUSED, what);
  }

  private List<Written> refused(List<Write> writes, Answer answer) {
    String message = answer.body().path("message").asText("");
    if (message.contains("PROPERTY_DOESNT_EXIST")) {
      throw noProperty(answer);
    }
    if (writes.size() == 1) {
      Fate fate = answer.status() == NOT_FOUND ? Fate.GONE : Fate.REFUSED;
      String what = answer.status() + " " + client.said(answer);
      return all(writes, fate, what.strip());
    }
    List<Written> fates = new ArrayList<>(write(writes.subList(0, writes.size() / 2)));
    fates.addAll(write(writes.subList(writes.size() / 2, writes.size())));
    return fates;
  }

  /** It would be refused for every record. */
  private PlumblineException noProperty(Answer answer) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "The CRM at " + client.service() + " has no such property: " + client.said(answer) + ".",
        "The CRM has refused the batch; none of its records is written.",
        "Make the property in the CRM, or mend its name in the transform's file.");
  }
}

package dev.plumbline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.crm.CrmSettings.BatchErrors;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reading and updating many records in one request. */
final class Batches {
  private static final int MOST = 100;

  private final Store store;
  private final BatchErrors errors;
  private final InstantSource clock;

  Batches(Store store, BatchErrors errors, InstantSource clock) {
    this.store = store;
    this.errors = errors;
    this.clock = clock;
  }

  /** Answers in the order of ids, not of the inputs, and tells of those that are not there. */
  Answer read(Table table, ObjectNode body, Consumer<CrmRecord> afterReading) {
    List<String> wanted = new ArrayList<>();
    body.path("properties").forEach(name -> wanted.add(name.asText()));
    String idProperty = body.path("idProperty").asText("");
    Map<Long, CrmRecord> found = new TreeMap<>();
    List<String> missing = new ArrayList<>();
    for (JsonNode input : inputs(body)) {
      String id = input.path("id").asText();
      Records.find(table, id, idProperty)
          .ifPresentOrElse(record -> found.put(record.id(), record), () -> missing.add(id));
    }
    List<ObjectNode> shown =
        found.values().stream().map(record -> Records.show(table, record, wanted)).toList();
    List<ObjectNode> problems =
        missing.isEmpty() ? List.of() : List.of(notThere(table, missing).item());
    found.values().forEach(afterReading);
    return answer(shown, problems);
  }

  /** Writes the good ones and tells of the bad ones, or refuses all of them. */
  Answer update(Table table, ObjectNode body, Faults faults) {
    String idProperty = body.path("idProperty").asText("");
    List<JsonNode> inputs = inputs(body);
    noDuplicates(inputs);
    Map<CrmRecord, Map<String, String>> good = new LinkedHashMap<>();
    List<ObjectNode> problems = new ArrayList<>();
    for (JsonNode input : inputs) {
      String id = input.path("id").asText();
      try {
        CrmRecord record =
            Records.find(table, id, idProperty).orElseThrow(() -> notThere(table, List.of(id)));
        good.put(record, Updates.checked(table, record, input.path("properties"), faults));
      } catch (ApiError problem) {
        if (errors == BatchErrors.WHOLE_BATCH) {
          throw problem.ofWholeRequest();
        }
        problems.add(withId(problem.item(), input));
      }
    }
    List<ObjectNode> shown = new ArrayList<>();
    good.forEach(
        (record, values) ->
            shown.add(
                Records.show(
                    table,
                    store.write(table, record.id(), values, Change.By.CLIENT, ""),
                    values.keySet())));
    return answer(shown, problems);
  }

  private static List<JsonNode> inputs(ObjectNode body) {
    List<JsonNode> inputs = new ArrayList<>();
    body.path("inputs").forEach(inputs::add);
    if (inputs.isEmpty() || inputs.size() > MOST) {
      throw ApiError.invalid(
          "The maximum number of inputs supported in a batch request for this endpoint is "
              + MOST
              + ", and the least is 1.");
    }
    return inputs;
  }

  private static void noDuplicates(List<JsonNode> inputs) {
    Set<String> ids = new HashSet<>();
    for (JsonNode input : inputs) {
      if (!ids.add(input.path("id").asText())) {
        throw ApiError.invalid(
            "Duplicate IDs found in batch input: [" + input.path("id").asText() + "].");
      }
    }
  }

  private static ApiError notThere(Table table, List<String> ids) {
    return ApiError.notFound(
        "Could not get some "
            + table.type().inErrors()
            + " objects, they may be deleted or not exist. Check that ids are valid.",
        ids);
  }

  /** Says which input an error belongs to, by its id and by the trace id that it may bring. */
  private static ObjectNode withId(ObjectNode item, JsonNode input) {
    ObjectNode context = item.withObject("/context");
    context.set("ids", Json.texts(List.of(input.path("id").asText())));
    Optional.of(input.path("objectWriteTraceId").asText(""))
        .filter(trace -> !trace.isEmpty())
        .ifPresent(trace -> context.set("objectWriteTraceId", Json.texts(List.of(trace))));
    return item;
  }

  private Answer answer(List<ObjectNode> shown, List<ObjectNode> problems) {
    String now = clock.instant().toString();
    ObjectNode body = Json.object().put("status", "COMPLETE");
    body.set("results", Json.list(shown));
    if (!problems.isEmpty()) {
      body.put("numErrors", problems.size()).set("errors", Json.list(problems));
    }
    body.put("startedAt", now).put("completedAt", now);
    return new Answer(problems.isEmpty() ? 200 : 207, body);
  }
}

package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.thisptr.jackson.jq.Scope;
import org.jspecify.annotations.Nullable;

/** A transform's programs, compiled once. For any number of threads. */
final class Programs {
  private final Transform transform;
  private final Clock clock;
  private final Scope scope = JqLibrary.scope();
  private final Step program;
  private final Optional<Step> inverse;
  private final Map<String, JqProgram> also = new LinkedHashMap<>();
  private final Map<String, JqProgram> counts = new LinkedHashMap<>();

  /** From one value to another. */
  private interface Step {
    JsonNode apply(JsonNode document) throws ProgramFailed;
  }

  Programs(Transform transform, Clock clock) {
    this.transform = transform;
    this.clock = clock;
    transform.inputs().values().forEach(scope::setValue);
    this.program = step(transform.program());
    this.inverse = transform.inverse().map(this::step);
    transform.also().forEach((name, jq) -> also.put(name, JqProgram.compile(jq, scope)));
    transform.counts().forEach((name, jq) -> counts.put(name, JqProgram.compile(jq, scope)));
  }

  /** What programs can call and name. */
  Scope scope() {
    return scope;
  }

  private Step step(Program step) {
    return switch (step) {
      case Program.Jq jq -> {
        JqProgram compiled = JqProgram.compile(jq, scope);
        yield document -> compiled.one(document, Map.of());
      }
      case Program.JavaProgram java -> document -> run(java.transform(), document);
    };
  }

  private JsonNode run(DocumentTransform java, JsonNode document) throws ProgramFailed {
    JsonNode result;
    try {
      result = java.transform(document.deepCopy(), transform.inputs().values());
    } catch (RuntimeException | StackOverflowError e) {
      throw new ProgramFailed(java.name() + " failed: " + e.getClass().getSimpleName());
    }
    if (isNothing(result)) {
      throw new ProgramFailed(java.name() + " gives nothing, where one value is wanted");
    }
    return result;
  }

  /** What a class gives is not checked by anybody else. */
  private static boolean isNothing(@Nullable JsonNode result) {
    return result == null || result.isMissingNode();
  }

  /** What has become of a document; a null would take its place, and is a slip in the program. */
  JsonNode transform(JsonNode document) throws ProgramFailed {
    JsonNode result = program.apply(document);
    if (result.isNull() && !document.isNull()) {
      throw new ProgramFailed("the program gives null, where a document is wanted");
    }
    return result;
  }

  Optional<JsonNode> inverse(JsonNode document) throws ProgramFailed {
    return inverse.isPresent() ? Optional.of(inverse.get().apply(document)) : Optional.empty();
  }

  /** The new text of every property that is written. */
  Map<String, String> written(Document document, JsonNode before, JsonNode after)
      throws ProgramFailed {
    Map<String, String> written = new LinkedHashMap<>();
    written.put(transform.property(), text(after));
    if (!also.isEmpty()) {
      Map<String, JsonNode> variables = variables(document, before);
      for (Map.Entry<String, JqProgram> entry : also.entrySet()) {
        JsonNode value = one(entry.getValue(), "also \"" + entry.getKey() + "\"", after, variables);
        written.put(entry.getKey(), value.isTextual() ? value.textValue() : text(value));
      }
    }
    return written;
  }

  private static JsonNode one(
      JqProgram program, String name, JsonNode input, Map<String, JsonNode> variables)
      throws ProgramFailed {
    try {
      return program.one(input, variables);
    } catch (ProgramFailed e) {
      throw new ProgramFailed(name + ": " + e.what());
    }
  }

  private static String text(JsonNode value) throws ProgramFailed {
    try {
      return Json.write(value);
    } catch (IllegalArgumentException e) {
      throw new ProgramFailed("its result is no JSON: " + e.getMessage());
    }
  }

  private Map<String, JsonNode> variables(Document document, JsonNode before) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    for (String name : transform.reads()) {
      document.text(name).ifPresent(text -> record.put(name, text));
    }
    String now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    return Map.of("before", before, "now", new TextNode(now), "record", record);
  }

  /** The labels of each count. */
  Map<String, List<String>> counts(JsonNode before) throws ProgramFailed {
    Map<String, List<String>> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JqProgram> entry : counts.entrySet()) {
      labels.put(
          entry.getKey(),
          entry.getValue().all(before, Map.of()).stream()
              .map(label -> label.isTextual() ? label.textValue() : Json.write(label))
              .toList());
    }
    return labels;
  }
}

package dev.plumbline.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.document.Document;
import dev.plumbline.document.Json;
import dev.plumbline.document.UnreadableJson;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.source.DocumentSource.Unreadable;
import dev.plumbline.source.DocumentSource.Write;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Records of an API as documents, and documents as what the API wants to be sent. */
final class HttpRecords {
  private final JqExpression id;
  private final Optional<JqExpression> version;
  private final JqExpression object;
  private final JqExpression body;
  private final SortedSet<String> properties;
  private final String property;
  private final boolean values;

  HttpRecords(SourceSetting.Http setting, SortedSet<String> properties, String property) {
    this.id = JqExpression.of("id", setting.id());
    this.version = setting.version().map(text -> JqExpression.of("version", text));
    this.object = JqExpression.of("properties", setting.properties());
    this.body = JqExpression.of("write.body", setting.write().body());
    this.properties = new TreeSet<>(properties);
    this.property = property;
    this.values = setting.values();
  }

  /** A record is told, or it is said why not. */
  sealed interface Told {
    String id();

    record Readable(Document document) implements Told {
      @Override
      public String id() {
        return document.id();
      }
    }

    record Not(Unreadable unreadable) implements Told {
      @Override
      public String id() {
        return unreadable.id();
      }
    }
  }

  /**
   * Tells a record.
   *
   * @param etag of the answer that it came in by itself
   */
  Told tell(JsonNode item, Optional<String> etag) {
    String name =
        id.first(item).filter(JsonNode::isValueNode).map(JsonNode::asText).orElseThrow(this::noId);
    JsonNode all = object.first(item).orElseGet(JsonNodeFactory.instance::objectNode);
    SortedMap<String, String> texts = new TreeMap<>();
    for (String each : properties) {
      JsonNode value = all.path(each);
      if (each.equals(property) && !values && value.isContainerNode()) {
        return new Told.Not(
            new Unreadable(name, property + " is a JSON value, not a text: say values: true"));
      }
      text(each, value).ifPresent(text -> texts.put(each, text));
    }
    Optional<String> state =
        version.isPresent() ? version.get().first(item).map(JsonNode::asText) : etag;
    return new Told.Readable(new Document(name, texts, state));
  }

  private Optional<String> text(String name, JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return Optional.empty();
    }
    boolean asText = value.isTextual() && !(values && name.equals(property));
    return Optional.of(asText ? value.textValue() : Json.write(value));
  }

  private PlumblineException noId() {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "A record of the service has no id where id: looks for it.",
        "Nothing was written by this request.",
        "Say in jq where a record's id is, such as id: .id or id: .meta.key.");
  }

  /**
   * What is sent for a write.
   *
   * @throws UnreadableJson if the document is to be a value and is none
   */
  String body(Write write) throws UnreadableJson {
    ObjectNode input = JsonNodeFactory.instance.objectNode().put("id", write.id());
    input.put("version", write.version().orElse(null));
    ObjectNode texts = input.putObject("properties");
    for (Map.Entry<String, Optional<String>> each : new TreeMap<>(write.properties()).entrySet()) {
      texts.set(each.getKey(), value(each.getKey(), each.getValue()));
    }
    return Json.write(body.first(input).orElseGet(JsonNodeFactory.instance::objectNode));
  }

  private JsonNode value(String name, Optional<String> text) throws UnreadableJson {
    if (text.isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    return values && name.equals(property)
        ? Json.read(text.get())
        : JsonNodeFactory.instance.textNode(text.get());
  }
}

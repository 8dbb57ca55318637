package dev.plumbline.drift;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plumbline.claim.Kind;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots as JSON documents: one object a line, so that two files can be compared as text. */
final class SnapshotFile {
  private static final int VERSION = 1;
  private static final JsonFactory FACTORY = new JsonFactory();

  private SnapshotFile() {}

  static String write(Snapshot snapshot) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("catalogue", VERSION);
      json.writeStringField("server", snapshot.server());
      json.writeArrayFieldStart("objects");
      for (SchemaObject object : snapshot.objects()) {
        json.writeRaw("\n");
        write(json, object);
      }
      json.writeRaw("\n");
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text + "\n";
  }

  private static void write(JsonGenerator json, SchemaObject object) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", object.kind().word());
    json.writeStringField("schema", object.schema());
    if (object.table().isPresent()) {
      json.writeStringField("table", object.table().get());
    }
    json.writeStringField("name", object.name());
    json.writeStringField("definition", object.definition());
    if (object.comment().isPresent()) {
      json.writeStringField("comment", object.comment().get());
    }
    json.writeArrayFieldStart("statements");
    for (String statement : object.statements()) {
      json.writeString(statement);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static Snapshot read(String source, String text) {
    try (JsonParser json = FACTORY.createParser(text)) {
      return read(source, json);
    } catch (IOException | IllegalArgumentException e) {
      throw refused(source, "is no catalogue that plumb wrote: " + e.getMessage());
    }
  }

  private static Snapshot read(String source, JsonParser json) throws IOException {
    String server = "";
    int version = 0;
    List<SchemaObject> objects = new ArrayList<>();
    expect(json.nextToken(), JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "catalogue" -> version = json.getIntValue();
        case "server" -> server = json.getText();
        case "objects" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            objects.add(object(json));
          }
        }
        default -> throw new IllegalArgumentException("it has a field " + field);
      }
    }
    if (version != VERSION) {
      throw refused(
          source, "holds a catalogue in version " + version + ", and this is version " + VERSION);
    }
    return new Snapshot(server, objects);
  }

  private static SchemaObject object(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    List<String> statements = new ArrayList<>();
    expect(json.currentToken(), JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      if (json.nextToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          statements.add(json.getText());
        }
      } else {
        texts.put(field, json.getText());
      }
    }
    return new SchemaObject(
        Kind.named(required(texts, "kind")),
        required(texts, "schema"),
        Optional.ofNullable(texts.get("table")),
        required(texts, "name"),
        required(texts, "definition"),
        Optional.ofNullable(texts.get("comment")),
        statements);
  }

  private static String required(Map<String, String> texts, String field) {
    String value = texts.get(field);
    if (value == null) {
      throw new IllegalArgumentException("an object has no " + field);
    }
    return value;
  }

  private static void expect(JsonToken found, JsonToken expected) {
    if (found != expected) {
      throw new IllegalArgumentException("it does not begin as one");
    }
  }

  private static ProjectException refused(String source, String what) {
    return new ProjectException(
        List.of(
            new Problem(
                new Position(Path.of(source), 1, 1),
                "it " + what,
                "",
                Optional.of("Write it again with this plumb."))));
  }
}

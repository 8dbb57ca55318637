package dev.plumbline.guard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plumbline.dialect.GuardSql.Made;
import dev.plumbline.dialect.GuardSql.Sort;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The objects of a guard as the journal keeps them: with the DDL that the server printed. */
record GuardObjects(List<Kept> objects) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * @param ddl as the server prints the object
   */
  record Kept(Made made, String ddl) {}

  String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (Kept kept : objects) {
        json.writeStartObject();
        json.writeStringField("sort", kept.made().sort().name().toLowerCase(Locale.ROOT));
        json.writeStringField("name", kept.made().name());
        json.writeStringField("on", kept.made().on());
        json.writeStringField("ddl", kept.ddl());
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static GuardObjects fromJson(String text) {
    List<Kept> objects = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          fields.put(name, json.getText());
        }
        objects.add(
            new Kept(
                new Made(
                    Sort.valueOf(field(fields, "sort").toUpperCase(Locale.ROOT)),
                    field(fields, "name"),
                    field(fields, "on")),
                field(fields, "ddl")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new GuardObjects(objects);
  }

  private static String field(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }
}

package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One JSON document, indented. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Separators SEPARATORS =
      Separators.createDefaultInstance()
          .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
          .withArrayEmptySeparator("")
          .withObjectEmptySeparator("");

  private Json() {}

  /** Writes the document's content. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** The document; ends with a line break. */
  static String document(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      DefaultPrettyPrinter layout = new DefaultPrettyPrinter(SEPARATORS);
      layout.indentObjectsWith(lines);
      layout.indentArraysWith(lines);
      json.setPrettyPrinter(layout);
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text + "\n";
  }

  static JsonFactory factory() {
    return FACTORY;
  }

  static void number(JsonGenerator json, String name, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    } else {
      json.writeNullField(name);
    }
  }

  static void texts(JsonGenerator json, String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** An object with the names and the values side by side. */
  static void row(JsonGenerator json, List<String> names, List<@Nullable String> values)
      throws IOException {
    json.writeStartObject();
    fields(json, names, values);
    json.writeEndObject();
  }

  static void fields(JsonGenerator json, List<String> names, List<@Nullable String> values)
      throws IOException {
    for (int i = 0; i < names.size(); i++) {
      json.writeStringField(names.get(i), values.get(i));
    }
  }
}

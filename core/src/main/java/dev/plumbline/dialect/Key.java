package dev.plumbline.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The key of a row: the text of each of its columns. The journal and the command line write it as a
 * JSON array of strings.
 */
public record Key(List<String> values) {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

  public Key {
    values = List.copyOf(values);
  }

  /** The same text, byte for byte, as {@link Dialect#keyJson} makes of the same key. */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Reads what {@link #toJson} or {@link Dialect#keyJson} wrote. */
  public static Key fromJson(String text) {
    List<String> values = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        values.add(json.getText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Key(values);
  }

  /**
   * As {@code --key} takes it: the values separated by commas, or as JSON where that would say
   * something else.
   */
  public String flag() {
    String plain = toString();
    boolean splits = values.stream().anyMatch(value -> value.contains(","));
    return splits || plain.isEmpty() || plain.startsWith("[") ? toJson() : plain;
  }

  /** For people: the values, separated by commas. */
  @Override
  public String toString() {
    return String.join(",", values);
  }
}

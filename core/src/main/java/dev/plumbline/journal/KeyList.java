package dev.plumbline.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plumbline.dialect.Key;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The keys of a run's scope as the journal stores them: a JSON array of texts. */
final class KeyList {
  private static final JsonFactory JSON = new JsonFactory();

  private KeyList() {}

  static String toJson(List<Key> keys) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (Key key : keys) {
        json.writeString(key.toJson());
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static List<Key> fromJson(String text) {
    List<Key> keys = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        keys.add(Key.fromJson(json.getText()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return keys;
  }
}

package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a program emits to be found again: values, or {@code {path, value}}. */
final class Emitted {
  private Emitted() {}

  static List<Found> of(List<JsonNode> values) {
    List<Found> found = new ArrayList<>(values.size());
    for (JsonNode value : values) {
      boolean belongs = value.isObject() && value.size() == 2 && value.has("path");
      found.add(
          belongs && value.has("value")
              ? at(value.get("path"), value.get("value"))
              : new Found(List.of(), value, Place.ROOT));
    }
    return found;
  }

  private static Found at(JsonNode path, JsonNode value) {
    List<String> belongs = new ArrayList<>();
    Place place = Place.ROOT;
    for (JsonNode key : path.isArray() ? path : List.of(path)) {
      String text = key.isTextual() ? key.textValue() : Json.write(key);
      belongs.add(text);
      place = place.at(text);
    }
    return new Found(belongs, value, place);
  }
}

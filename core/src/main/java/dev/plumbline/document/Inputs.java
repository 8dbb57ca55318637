package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What programs see besides the document, by name; in jq {@code $name}. Never changed once read.
 */
public record Inputs(Map<String, JsonNode> values) {
  public static final Inputs NONE = new Inputs(Map.of());

  public Inputs {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}

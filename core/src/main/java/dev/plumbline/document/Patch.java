package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Carries the difference between two values over to a third. */
final class Patch {
  private Patch() {}

  /**
   * {@code base} with what differs from {@code then} to {@code now}. Objects are gone into; any
   * other value that differs is taken from {@code now} as a whole.
   */
  static JsonNode apply(JsonNode base, JsonNode then, JsonNode now) {
    if (Values.same(then, now)) {
      return base;
    }
    if (!base.isObject() || !then.isObject() || !now.isObject()) {
      return now;
    }
    ObjectNode patched = ((ObjectNode) base).objectNode();
    for (Map.Entry<String, JsonNode> entry : base.properties()) {
      String key = entry.getKey();
      if (now.has(key)) {
        patched.set(key, value(entry.getValue(), then.get(key), now.get(key)));
      } else if (!then.has(key)) {
        patched.set(key, entry.getValue());
      }
    }
    for (Map.Entry<String, JsonNode> entry : now.properties()) {
      JsonNode was = then.get(entry.getKey());
      boolean changed = was == null || !Values.same(was, entry.getValue());
      if (!base.has(entry.getKey()) && changed) {
        patched.set(entry.getKey(), entry.getValue());
      }
    }
    return patched;
  }

  private static JsonNode value(
      JsonNode base, @org.jspecify.annotations.Nullable JsonNode then, JsonNode now) {
    return then == null ? now : apply(base, then, now);
  }
}

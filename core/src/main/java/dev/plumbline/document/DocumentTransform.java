package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A transform in Java, for what is awkward to say in jq. An application makes it known through
 * {@link java.util.ServiceLoader}, and a transform's file names it: {@code java: NAME}. Called by
 * several threads at once.
 */
public interface DocumentTransform {

  /** The name that files use. */
  String name();

  /**
   * The document in its new shape.
   *
   * @param document a copy that may be changed and returned
   * @param inputs the transform's inputs by name, shared: not to be changed
   * @throws RuntimeException if this document cannot be transformed; the message says why
   */
  JsonNode transform(JsonNode document, Map<String, JsonNode> inputs);
}

package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;

/** What must be true of a result besides what it preserves. */
public sealed interface Check {

  /** A program that gives true for a document that is fine. */
  record Holds(Program.Jq program) implements Check {}

  /**
   * A JSON Schema that the document meets.
   *
   * @param path the schema's file, for messages
   */
  record Schema(String path, JsonNode schema) implements Check {}
}

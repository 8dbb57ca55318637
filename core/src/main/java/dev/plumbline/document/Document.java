package dev.plumbline.document;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A record of a source as it was read: the texts of those of its properties that a transform reads
 * or writes.
 *
 * @param id what the source knows it by, as text
 * @param properties the text of each property that has one, as the source stores it; a property
 *     that is missing or null is not in it
 * @param version what the source says of this state (an ETag, say), where it says such
 */
public record Document(String id, SortedMap<String, String> properties, Optional<String> version) {
  public Document {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
  }

  /** A document of a source that does not number its states. */
  public static Document of(String id, Map<String, String> properties) {
    return new Document(id, new TreeMap<>(properties), Optional.empty());
  }

  /** The text of a property; empty where the record has none. */
  public Optional<String> text(String property) {
    return Optional.ofNullable(properties.get(property));
  }
}

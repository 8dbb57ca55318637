package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A value that must be found again. Two are the same if they belong to the same and are the same
 * value; where they stand does not matter.
 *
 * @param belongs what the names of the path stand for
 */
record Found(List<String> belongs, JsonNode value, Place place) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Found found
        && belongs.equals(found.belongs)
        && Values.same(value, found.value);
  }

  /** Not of all that an object holds: most objects that belong to the same are the same. */
  @Override
  public int hashCode() {
    return 31 * belongs.hashCode() + (value.isContainerNode() ? value.size() : Values.hash(value));
  }
}

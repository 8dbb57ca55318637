package dev.plumbline.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.document.Json;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Which records, and what of them, as HubSpot's API wants to be asked.
 *
 * @param where the text that a property has, or any (empty)
 * @param properties what of them
 */
record HubspotQuery(SortedMap<String, Optional<String>> where, SortedSet<String> properties) {
  private static final String ID = "hs_object_id";

  /** Whether all are wanted, so that they can be listed rather than searched for. */
  boolean isOfAll() {
    return where.isEmpty();
  }

  /** A search for those behind an id, in the order of ids. */
  String after(Optional<String> id, int most) {
    ObjectNode search = search(id);
    ObjectNode sort = search.putArray("sorts").addObject();
    sort.put("propertyName", ID).put("direction", "ASCENDING");
    search.set("properties", names());
    return Json.write(search.put("limit", most));
  }

  /** A search of which only the total is of interest. */
  String count() {
    return Json.write(search(Optional.empty()).put("limit", 1));
  }

  private ObjectNode search(Optional<String> behind) {
    ObjectNode search = JsonNodeFactory.instance.objectNode();
    ArrayNode filters = JsonNodeFactory.instance.arrayNode();
    behind.ifPresent(id -> filter(filters, ID, "GT").put("value", id));
    for (Map.Entry<String, Optional<String>> wanted : where.entrySet()) {
      wanted
          .getValue()
          .ifPresentOrElse(
              text -> filter(filters, wanted.getKey(), "EQ").put("value", text),
              () -> filter(filters, wanted.getKey(), "HAS_PROPERTY"));
    }
    ArrayNode groups = search.putArray("filterGroups");
    if (!filters.isEmpty()) {
      groups.addObject().set("filters", filters);
    }
    return search;
  }

  private static ObjectNode filter(ArrayNode filters, String property, String operator) {
    return filters.addObject().put("propertyName", property).put("operator", operator);
  }

  private ArrayNode names() {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    properties.forEach(names::add);
    return names;
  }

  /** Those with these ids. */
  String of(Collection<String> ids) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("properties", names());
    ArrayNode inputs = body.putArray("inputs");
    ids.forEach(id -> inputs.addObject().put("id", id));
    return Json.write(body);
  }
}

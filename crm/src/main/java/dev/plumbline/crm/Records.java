package dev.plumbline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What the requests have in common: records as JSON, ids, and values that may be written. */
final class Records {
  private static final int LONGEST = 65_536;

  private Records() {}

  static ObjectNode show(Table table, CrmRecord record, Collection<String> wanted) {
    ObjectNode node = Json.object().put("id", String.valueOf(record.id()));
    ObjectNode properties = node.putObject("properties");
    for (String property : new TreeSet<>(table.shown(wanted))) {
      properties.put(property, table.text(record, property).orElse(null));
    }
    return node.put("createdAt", Instant.ofEpochMilli(record.createdAt()).toString())
        .put("updatedAt", Instant.ofEpochMilli(record.updatedAt()).toString())
        .put("archived", false);
  }

  /** The record with this id, or with this text in the property that is to be looked by. */
  static Optional<CrmRecord> find(Table table, String id, String idProperty) {
    if (idProperty.equals("email") && table.type().hasEmail()) {
      return table.findByEmail(id);
    }
    if (!idProperty.isEmpty() && !idProperty.equals("hs_object_id")) {
      throw ApiError.invalid(
          "Property '" + idProperty + "' is not a unique identifier of this type.");
    }
    return id.matches("[0-9]{1,18}") ? table.find(Long.parseLong(id)) : Optional.empty();
  }

  static CrmRecord existing(Table table, String id, String idProperty) {
    return find(table, id, idProperty)
        .orElseThrow(
            () ->
                ApiError.notFound("Object not found.  objectId are usually numeric.", List.of(id)));
  }

  /** The values of a request, checked; an empty text takes a value away. */
  static Map<String, String> values(Table table, JsonNode properties) {
    if (!properties.isObject()) {
      throw ApiError.invalid("Invalid input JSON: 'properties' is missing.");
    }
    Map<String, String> values = new HashMap<>();
    properties
        .properties()
        .forEach(each -> values.put(each.getKey(), value(table, each.getKey(), each.getValue())));
    return values;
  }

  private static String value(Table table, String property, JsonNode value) {
    if (table.type().own().contains(property)) {
      throw ApiError.invalidValue(
          property, "READ_ONLY_VALUE", property + " is a read only property");
    }
    if (!table.knows(property)) {
      throw ApiError.invalidValue(
          property, "PROPERTY_DOESNT_EXIST", "Property \"" + property + "\" does not exist");
    }
    if (!value.isValueNode()) {
      throw ApiError.invalid("Invalid input JSON: the value of '" + property + "' is not a text.");
    }
    String text = value.asText("");
    if (value.isNull()) {
      return "";
    }
    if (text.length() > LONGEST) {
      throw ApiError.invalidValue(
          property,
          "INVALID_LENGTH",
          property + " was " + text.length() + " characters long, and may have " + LONGEST);
    }
    return text;
  }

  /** Refuses an email that another contact has. */
  static void noOtherHasEmail(Table table, Map<String, String> values, long id) {
    Optional.ofNullable(values.get("email"))
        .filter(email -> table.type().hasEmail())
        .flatMap(table::findByEmail)
        .filter(other -> other.id() != id)
        .ifPresent(
            other -> {
              throw ApiError.conflict("Contact already exists. Existing ID: " + other.id());
            });
  }
}

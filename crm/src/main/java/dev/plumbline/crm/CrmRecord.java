package dev.plumbline.crm;

import java.util.Map;
import java.util.Optional;

/**
 * A contact, company, deal or custom object.
 *
 * @param id what the CRM knows it by
 * @param properties the texts, as they were written; those without a value are not in it
 * @param createdAt milliseconds since 1970
 * @param updatedAt milliseconds since 1970
 */
public record CrmRecord(long id, Map<String, String> properties, long createdAt, long updatedAt) {
  public CrmRecord {
    properties = Map.copyOf(properties);
  }

  /** The text of a property; empty where it has none. */
  public Optional<String> text(String property) {
    return Optional.ofNullable(properties.get(property));
  }
}

package dev.plumbline.crm;

import java.util.List;
import java.util.Set;

/** A type of records: its name in addresses, and the properties that each CRM has for it. */
record ObjectType(String name, List<String> defaults, String modified, boolean hasEmail) {
  private static final String CUSTOM = "[a-z0-9_-]+";

  /** Contacts, companies, deals, or a custom object by its type's name. */
  static ObjectType named(String name) {
    return switch (name) {
      case "contacts", "contact", "0-1" ->
          new ObjectType(
              "contacts", List.of("email", "firstname", "lastname"), "lastmodifieddate", true);
      case "companies", "company", "0-2" ->
          new ObjectType("companies", List.of("domain", "name"), "hs_lastmodifieddate", false);
      case "deals", "deal", "0-3" ->
          new ObjectType(
              "deals",
              List.of("amount", "closedate", "dealname", "dealstage", "pipeline"),
              "hs_lastmodifieddate",
              false);
      default -> {
        if (!name.matches(CUSTOM)) {
          throw new IllegalArgumentException("Not the name of a type: " + name);
        }
        yield new ObjectType(name, List.of(), "hs_lastmodifieddate", false);
      }
    };
  }

  /** The properties that the CRM itself keeps. */
  Set<String> own() {
    return Set.of("hs_object_id", "createdate", modified);
  }

  /** As errors name it. */
  String inErrors() {
    return switch (name) {
      case "contacts" -> "CONTACT";
      case "companies" -> "COMPANY";
      case "deals" -> "DEAL";
      default -> name.toUpperCase(java.util.Locale.ROOT);
    };
  }
}

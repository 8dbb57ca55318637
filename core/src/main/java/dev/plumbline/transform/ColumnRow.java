package dev.plumbline.transform;

import dev.plumbline.dialect.Key;
import dev.plumbline.document.Document;
import java.util.List;

/**
 * A row of a table whose column holds a document, as it was read.
 *
 * @param key as the journal writes it
 * @param address where the row was read, as text; empty where rows have no address
 * @param document by the row's key as people write it, with the texts of the columns that were read
 */
record ColumnRow(String key, List<String> address, Document document) {
  ColumnRow {
    address = List.copyOf(address);
  }

  /** How long its texts are together. */
  long characters() {
    return document.properties().values().stream().mapToLong(String::length).sum();
  }

  /** How people and documents name a row. */
  static String id(String key) {
    return Key.fromJson(key).toString();
  }
}

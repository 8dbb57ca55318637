package dev.plumbline.transform;

import dev.plumbline.dialect.Key;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
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

  /** How documents name a row, and people ask for it. */
  static String id(String key) {
    return Key.fromJson(key).flag();
  }

  /** What a document comes to whose row's key holds NULL. */
  static Examination withoutKey(Examination found) {
    return found instanceof Examination.Transformed
        ? new Examination.Failed("its key holds NULL, so it cannot be told from others")
        : found;
  }
}

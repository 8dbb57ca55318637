package dev.plumbline.dialect;

import java.util.List;

/**
 * Columns that a run writes as texts, in whatever type they store them.
 *
 * @param table quoted and, where needed, qualified
 * @param key the key's columns, unquoted
 * @param keyTypes their types
 * @param columns the columns that are written, unquoted
 * @param types their types
 * @param triggers whether a trigger may make something else of what is written
 */
public record TextColumns(
    String table,
    List<String> key,
    List<String> keyTypes,
    List<String> columns,
    List<String> types,
    boolean triggers) {
  public TextColumns {
    key = List.copyOf(key);
    keyTypes = List.copyOf(keyTypes);
    columns = List.copyOf(columns);
    types = List.copyOf(types);
  }
}

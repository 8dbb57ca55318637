package dev.plumbline.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What identifies the rows of other tools' tables for which no constraint says so: as the tools'
 * documentation and sources have it.
 */
public final class KnownKeys {
  /**
   * A tool's table.
   *
   * @param columns it has at least these
   */
  private record Known(Set<String> columns, List<String> key) {}

  private static final Map<String, Known> TABLES =
      Map.of(
          "databasechangelog",
          new Known(
              Set.of("id", "author", "filename", "orderexecuted", "exectype"),
              List.of("id", "author", "filename")),
          "schema_migrations",
          new Known(Set.of("version", "dirty"), List.of("version")),
          // On SQLite the tool declares its key in a way that leaves it NULL.
          "__drizzle_migrations",
          new Known(Set.of("id", "hash", "created_at"), List.of("hash", "created_at")));

  private KnownKeys() {}

  /** The columns of the key as the table writes them; empty for a table that is no tool's. */
  public static Optional<List<String>> of(String table, List<Column> columns) {
    Known known = TABLES.get(folded(table));
    Set<String> names = new HashSet<>();
    columns.forEach(column -> names.add(folded(column.name())));
    if (known == null || !names.containsAll(known.columns())) {
      return Optional.empty();
    }
    Map<String, String> written =
        columns.stream().collect(Collectors.toMap(c -> folded(c.name()), Column::name));
    return Optional.of(known.key().stream().map(written::get).toList());
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}

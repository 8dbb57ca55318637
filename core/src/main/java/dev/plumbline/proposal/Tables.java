package dev.plumbline.proposal;

import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.ForeignKey;
import dev.plumbline.schema.Table;
import dev.plumbline.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tables of a database and how they refer to each other: the foreign keys that are declared,
 * and the columns that only look like one. The tables in which migration tools keep their own state
 * are left out.
 */
final class Tables {
  private static final Set<String> OF_TOOLS =
      Set.of(
          "flyway_schema_history",
          "databasechangelog",
          "databasechangeloglock",
          "alembic_version",
          "_prisma_migrations",
          "schema_migrations",
          "ar_internal_metadata",
          "goose_db_version",
          "django_migrations",
          "knex_migrations",
          "knex_migrations_lock",
          "sequelizemeta",
          "__efmigrationshistory",
          "__drizzle_migrations",
          "atlas_schema_revisions");

  private final List<Table> all;
  private final List<Link> declared;
  private final List<Link> likely;

  Tables(List<Table> tables) {
    this.all =
        tables.stream().filter(t -> !OF_TOOLS.contains(t.name().toLowerCase(Locale.ROOT))).toList();
    this.declared = all.stream().flatMap(this::declaredLinksTo).toList();
    this.likely = new LikelyLinks(all, declared).find();
  }

  static Tables of(Catalog catalog) {
    List<Table> tables = new ArrayList<>();
    catalog.tableNames().forEach(name -> catalog.findTable(name).ifPresent(tables::add));
    return new Tables(tables);
  }

  List<Table> all() {
    return all;
  }

  /** What looks like a foreign key and is none. */
  List<Link> likely() {
    return likely;
  }

  /** All columns of a table that hold another table's key, declared ones first. */
  List<Link> links(Table from) {
    return Stream.concat(declared.stream(), likely.stream())
        .filter(link -> link.from().equals(from))
        .toList();
  }

  /** The table's column that holds a key by itself, and what it refers to. */
  Optional<Link> link(Table from, String column) {
    return links(from).stream().filter(l -> l.columns().equals(List.of(column))).findFirst();
  }

  private Stream<Link> declaredLinksTo(Table to) {
    return to.referencedBy().stream()
        .flatMap(
            key ->
                find(key).stream()
                    .map(from -> new Link(from, key.columns(), to, key.referenced())));
  }

  private Optional<Table> find(ForeignKey key) {
    return all.stream().filter(t -> t.label().equals(TableName.label(key.table()))).findFirst();
  }

  /** Whether values of the two can be equal: one type, or whole numbers of different width. */
  static boolean sameType(Column one, Column other) {
    return base(one).equals(base(other)) || (isWholeNumber(one) && isWholeNumber(other));
  }

  static boolean isWholeNumber(Column column) {
    return Set.of("smallint", "integer", "bigint").contains(base(column));
  }

  private static String base(Column column) {
    return column.type().toLowerCase(Locale.ROOT).replaceFirst("\\(.*", "").strip();
  }
}

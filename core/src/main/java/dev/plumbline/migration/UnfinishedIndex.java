package dev.plumbline.migration;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.IndexDefinition;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code CREATE INDEX CONCURRENTLY} that failed leaves behind: an index that no query uses
 * and every write pays for (<a
 * href="https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY">building
 * indexes concurrently</a>). {@code IF NOT EXISTS} would take it for the real one.
 */
final class UnfinishedIndex {
  private final Session session;
  private final Optional<IndexDefinition> wanted;

  UnfinishedIndex(Session session, SqlStatement statement) {
    this.session = session;
    this.wanted = IndexDefinition.parse(statement.sql().text());
  }

  /** Removes what an earlier attempt has left, builds, and removes what this one leaves. */
  void around(Runnable build) {
    remove();
    try {
      build.run();
    } catch (RuntimeException e) {
      try {
        remove();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private void remove() {
    wanted.ifPresent(
        definition -> {
          Catalog catalog = Database.catalog(session);
          catalog
              .findTable(definition.tableAsked())
              .ifPresent(
                  table -> {
                    List<Index> left =
                        catalog.indexes(table).stream()
                            .filter(index -> !index.valid() && isLeftBy(definition, index))
                            .toList();
                    left.forEach(index -> drop(table.schema(), index));
                  });
        });
  }

  /** By its name; where the statement gives none, by what it covers. */
  private static boolean isLeftBy(IndexDefinition definition, Index index) {
    return definition.name().isEmpty()
        ? IndexDefinition.parse(index.definition()).filter(definition::sameAs).isPresent()
        : index.name().equals(definition.name());
  }

  private void drop(String schema, Index index) {
    session.execute(
        Sql.of(
            "DROP INDEX CONCURRENTLY IF EXISTS {}.{}",
            session.dialect().quote(schema),
            session.dialect().quote(index.name())));
  }
}

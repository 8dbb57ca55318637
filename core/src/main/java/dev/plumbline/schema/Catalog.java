package dev.plumbline.schema;

import dev.plumbline.dialect.Sql;
import java.util.List;
import java.util.Optional;

/** What can be asked of the live database about its schema. */
public interface Catalog {

  /** The table of that name, found as the database's own search path finds it. */
  Optional<Table> findTable(String written);

  /** The names of all tables that the role can see, for suggestions. */
  List<String> tableNames();

  /** The columns that a query returns; the query is planned, not run. */
  List<Column> describe(Sql query);

  /** The indexes of a table. */
  List<Index> indexes(Table table);

  /** The index of that name, wherever its table. */
  Optional<Index> findIndex(String written);
}

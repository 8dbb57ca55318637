package dev.plumbline.guard;

import dev.plumbline.dialect.GuardColumn;
import dev.plumbline.dialect.GuardSql;
import dev.plumbline.dialect.GuardSql.Made;
import dev.plumbline.dialect.GuardSql.Sort;
import dev.plumbline.parser.Node;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns that a guard's functions name. PostgreSQL keeps no record of them: it lets them be
 * dropped, and the next write fails.
 */
final class Reads {
  private final Set<Made> columns = new LinkedHashSet<>();

  /**
   * @param table as in SQL
   */
  void add(String table, Stream<String> names) {
    names.forEach(name -> columns.add(new Made(Sort.COLUMN, name, table)));
  }

  void add(String table, List<GuardColumn> of) {
    add(table, of.stream().map(GuardColumn::name));
  }

  /** The columns of a table that some SQL names, alone or after the name that it has there. */
  void add(Table table, String alias, Stream<Node> trees) {
    List<String> has = table.columns().stream().map(Column::name).toList();
    add(
        table.sql(),
        trees
            .flatMap(tree -> tree.all("ColumnRef"))
            .map(reference -> UserSql.names(reference.at("fields")))
            .filter(n -> n.size() == 1 || n.get(n.size() - 2).equals(alias))
            .map(List::getLast)
            .filter(has::contains));
  }

  /**
   * The columns that a query reads of its tables. Where it shows columns as {@code *}, what is
   * asked of its rows names the tables' columns too.
   */
  void add(SourceQuery query, List<Node> ofRows, List<String> keys) {
    boolean star =
        query
            .tree()
            .all("ColumnRef")
            .anyMatch(r -> r.at("fields").items().stream().anyMatch(f -> f.has("A_Star")));
    List<String> using =
        query
            .tree()
            .all("JoinExpr")
            .flatMap(j -> UserSql.names(j.at("usingClause")).stream())
            .toList();
    for (SourceQuery.Named named : query.tables()) {
      add(named.table(), named.alias(), Stream.of(query.tree()));
      List<String> more = new ArrayList<>(using);
      if (star) {
        more.addAll(keys);
        add(named.table(), named.alias(), ofRows.stream());
      }
      add(named.table().sql(), more.stream().filter(named.table().columnNames()::contains));
    }
  }

  /** The guard with these columns among what must stay as it is. */
  GuardSql of(GuardSql made) {
    return new GuardSql(
        made.statements(), Stream.concat(made.objects().stream(), columns.stream()).toList());
  }
}

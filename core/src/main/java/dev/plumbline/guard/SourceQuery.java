package dev.plumbline.guard;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Token;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A query over tables, each of which can be replaced by the rows that a statement has written.
 *
 * @param tables in the order in which the query names them
 */
record SourceQuery(Dialect dialect, Fragment fragment, Node tree, List<Named> tables) {

  /**
   * A table where the query names it.
   *
   * @param start its name's first character
   * @param end after its last
   * @param alias how the query calls its columns
   * @param aliased whether the query gave that name itself
   */
  record Named(Table table, int start, int end, String alias, boolean aliased) {}

  /** Reads a query; what a guard cannot follow is added to the problems. */
  static Optional<SourceQuery> read(
      Session session, Catalog catalog, UserSql sql, Fragment fragment) {
    Node tree = sql.query(fragment);
    List<Refusal> refusals = new ArrayList<>();
    refuseClauses(tree, refusals);
    sql.aggregate(tree)
        .ifPresent(
            call ->
                refusals.add(
                    new Refusal(
                        UserSql.at(call, 0),
                        "a guard cannot follow an aggregate inside the query",
                        "aggregate in `derive` instead, grouped by `by`")));
    List<Named> tables = new ArrayList<>();
    List<Token> tokens = sql.parser().scan(fragment.text()).orElse(List.of());
    tree.having("relname")
        .forEach(
            node ->
                named(catalog, tokens, fragment, node)
                    .ifPresentOrElse(
                        tables::add,
                        () ->
                            refusals.add(
                                new Refusal(
                                    UserSql.at(node, 0),
                                    "a guard needs a table where the query says `"
                                        + node.text("relname")
                                        + "`: nothing tells when the rows of a view change",
                                    "name the tables whose rows it shows"))));
    refusals.forEach(r -> sql.refuse(fragment, r.offset(), r.what(), r.instead()));
    return refusals.isEmpty() && !tables.isEmpty()
        ? Optional.of(new SourceQuery(session.dialect(), fragment, tree, tables))
        : Optional.empty();
  }

  private record Refusal(int offset, String what, String instead) {}

  private static void refuseClauses(Node tree, List<Refusal> refusals) {
    String instead = "write a plain SELECT … FROM … JOIN … WHERE …";
    refuseIf(tree.has("larg"), "UNION, INTERSECT or EXCEPT", instead, refusals);
    refuseIf(tree.has("withClause"), "WITH", instead, refusals);
    refuseIf(tree.has("valuesLists"), "VALUES", instead, refusals);
    refuseIf(
        tree.has("limitCount") || tree.has("limitOffset"), "LIMIT or OFFSET", instead, refusals);
    refuseIf(
        tree.has("groupClause"), "GROUP BY", "aggregate in `derive`, grouped by `by`", refusals);
    refuseIf(
        tree.has("havingClause"), "HAVING", "aggregate in `derive`, grouped by `by`", refusals);
    refuseIf(tree.has("lockingClause"), "FOR UPDATE", instead, refusals);
    refuseIf(
        tree.all("RangeSubselect").findAny().isPresent(), "a query in FROM", instead, refusals);
    refuseIf(
        tree.all("RangeFunction").findAny().isPresent(), "a function in FROM", instead, refusals);
    refuseIf(tree.all("RangeTableSample").findAny().isPresent(), "TABLESAMPLE", instead, refusals);
    refuseIf(
        tree.at("distinctClause").items().stream().anyMatch(i -> i.only().isPresent()),
        "DISTINCT ON",
        instead,
        refusals);
    refuseIf(
        tree.all("JoinExpr").anyMatch(join -> !join.text("jointype").equals("JOIN_INNER")),
        "an outer join",
        "use an inner join, or NULLs in a column of the row itself",
        refusals);
    refuseIf(tree.having("relname").anyMatch(table -> !table.is("inh")), "ONLY", instead, refusals);
  }

  private static void refuseIf(boolean there, String what, String instead, List<Refusal> refusals) {
    if (there) {
      refusals.add(new Refusal(0, "a guard cannot follow " + what + " in the query", instead));
    }
  }

  private static Optional<Named> named(
      Catalog catalog, List<Token> tokens, Fragment fragment, Node node) {
    OptionalInt start = node.location();
    int end = end(tokens, start.orElse(0));
    if (start.isEmpty() || end < 0) {
      return Optional.empty();
    }
    String alias = node.at("alias").text("aliasname");
    return catalog
        .findTable(fragment.text().substring(start.getAsInt(), end))
        .map(
            table ->
                new Named(
                    table,
                    start.getAsInt(),
                    end,
                    alias.isEmpty() ? table.name() : alias,
                    !alias.isEmpty()));
  }

  /** Where a qualified name ends that begins there. */
  private static int end(List<Token> tokens, int start) {
    int end = -1;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).start() == start) {
        end = tokens.get(i).end();
        while (i + 2 < tokens.size() && tokens.get(i + 1).text().equals(".")) {
          i += 2;
          end = tokens.get(i).end();
        }
      }
    }
    return end;
  }

  /** The query with each table by its full name. */
  Sql whole() {
    return over(-1, Sql.empty());
  }

  /** The query with one table replaced by some of its rows. */
  Sql over(int replaced, Sql rows) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int i = 0; i < tables.size(); i++) {
      Named table = tables.get(i);
      text.append(fragment.text(), from, table.start());
      text.append(i == replaced ? rows.toString() : table.table().sql());
      if (!table.aliased() && (i == replaced)) {
        text.append(" AS ").append(dialect.quote(table.alias()));
      }
      from = table.end();
    }
    text.append(fragment.text().substring(from));
    return Sql.of("{}{}", text.toString(), fragment.text().contains("--") ? "\n" : "");
  }
}

package dev.plumbline.guard;

import dev.plumbline.guard.SourceQuery.Named;
import dev.plumbline.parser.Node;
import dev.plumbline.schema.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the tables of a query hang together: which of their columns decide what it gives, and which
 * rows must be there because a foreign key points at them.
 */
final class Joins {
  private final SourceQuery query;
  private final List<Pointing> pointing;
  private final List<Node> conditions = new ArrayList<>();
  private final List<Node> outputs = new ArrayList<>();
  private final boolean everything;

  /**
   * A foreign key that holds at every moment.
   *
   * @param table the table that it is of, as in SQL
   * @param to the table that it points at
   */
  record Pointing(String table, List<String> columns, String to, List<String> referenced) {}

  /**
   * @param pointing the foreign keys between the tables
   * @param mattering the names of the query's columns that decide
   */
  Joins(SourceQuery query, List<Pointing> pointing, List<String> mattering) {
    this.query = query;
    this.pointing = List.copyOf(pointing);
    query.tree().all("JoinExpr").forEach(join -> conjuncts(join.at("quals"), conditions));
    conjuncts(query.tree().at("whereClause"), conditions);
    List<Node> targets =
        query.tree().at("targetList").items().stream().map(i -> i.at("ResTarget")).toList();
    this.everything =
        targets.stream().anyMatch(t -> t.all("ColumnRef").anyMatch(Joins::isStar))
            || query
                .tree()
                .all("JoinExpr")
                .anyMatch(j -> j.has("usingClause") || j.is("isNatural"));
    for (Node target : targets) {
      if (mattering.contains(name(target))) {
        outputs.add(target);
      }
    }
  }

  private static void conjuncts(Node condition, List<Node> into) {
    Node all = condition.at("BoolExpr");
    if (all.text("boolop").equals("AND_EXPR")) {
      all.at("args").items().forEach(part -> conjuncts(part, into));
    } else if (!condition.kind().isEmpty()) {
      into.add(condition);
    }
  }

  private static String name(Node target) {
    List<String> reference = UserSql.names(target.at("val").at("ColumnRef").at("fields"));
    return target.has("name")
        ? target.text("name")
        : reference.isEmpty() ? "" : reference.getLast();
  }

  private static boolean isStar(Node reference) {
    return reference.at("fields").items().stream().anyMatch(f -> f.has("A_Star"));
  }

  /**
   * Whether each row that meets this table in the query has a foreign key to its row, so that a row
   * that is new can have no partner yet.
   */
  boolean pointedAt(int place) {
    Named named = query.tables().get(place);
    return !everything && pointing(named).anyMatch(key -> joins(key, named));
  }

  private boolean joins(Pointing key, Named named) {
    return query.tables().stream()
        .filter(other -> !other.equals(named) && other.table().sql().equals(key.table()))
        .anyMatch(other -> joins(key, other, named));
  }

  private Stream<Pointing> pointing(Named named) {
    return pointing.stream().filter(key -> key.to().equals(named.table().sql()));
  }

  private boolean joins(Pointing key, Named from, Named to) {
    for (int i = 0; i < key.columns().size(); i++) {
      Set<List<String>> pair =
          Set.of(
              List.of(from.alias(), key.columns().get(i)),
              List.of(to.alias(), key.referenced().get(i)));
      if (conditions.stream().noneMatch(c -> equates(c, pair))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equates(Node condition, Set<List<String>> pair) {
    Node comparison = condition.at("A_Expr");
    if (!comparison.text("kind").equals("AEXPR_OP")
        || !UserSql.names(comparison.at("name")).equals(List.of("="))) {
      return false;
    }
    Set<List<String>> sides = new HashSet<>();
    for (String side : List.of("lexpr", "rexpr")) {
      sides.add(UserSql.names(comparison.at(side).at("ColumnRef").at("fields")));
    }
    return sides.equals(pair);
  }

  /** Whether the table decides more than which row is shown beside the one that points at it. */
  boolean matters(int place) {
    Named named = query.tables().get(place);
    return everything || deciding().anyMatch(node -> mentions(node, named));
  }

  /** What decides, but for conditions that only follow a foreign key to the table. */
  private Stream<Node> deciding() {
    return Stream.concat(outputs.stream(), conditions.stream().filter(c -> !followsKey(c)));
  }

  private boolean followsKey(Node condition) {
    return query.tables().stream()
        .anyMatch(
            named ->
                pointing(named)
                    .anyMatch(
                        key ->
                            query.tables().stream()
                                .filter(o -> o.table().sql().equals(key.table()))
                                .anyMatch(o -> isPart(condition, key, o, named))));
  }

  private static boolean isPart(Node condition, Pointing key, Named from, Named to) {
    for (int i = 0; i < key.columns().size(); i++) {
      if (equates(
          condition,
          Set.of(
              List.of(from.alias(), key.columns().get(i)),
              List.of(to.alias(), key.referenced().get(i))))) {
        return true;
      }
    }
    return false;
  }

  private static boolean mentions(Node node, Named named) {
    return node.all("ColumnRef").anyMatch(ref -> means(ref, named));
  }

  /** Whether a reference may be to a column of the table; one without qualifier may by its name. */
  private static boolean means(Node reference, Named named) {
    List<String> names = UserSql.names(reference.at("fields"));
    if (isStar(reference)) {
      return true;
    }
    return names.size() < 2
        ? named.alias().equals(names.getFirst()) || has(named, names.getFirst())
        : names.get(names.size() - 2).equals(named.alias());
  }

  private static boolean has(Named named, String column) {
    return named.table().columns().stream().anyMatch(c -> c.name().equals(column));
  }

  /** The columns of the table that decide what the query gives. */
  List<Column> columns(int place) {
    Named named = query.tables().get(place);
    if (everything) {
      return named.table().columns();
    }
    List<Node> references =
        Stream.concat(outputs.stream(), conditions.stream())
            .flatMap(node -> node.all("ColumnRef"))
            .filter(ref -> means(ref, named))
            .toList();
    boolean whole =
        references.stream()
            .anyMatch(ref -> isStar(ref) || !has(named, UserSql.names(ref.at("fields")).getLast()));
    return whole
        ? named.table().columns()
        : named.table().columns().stream()
            .filter(
                c ->
                    references.stream()
                        .anyMatch(
                            ref -> UserSql.names(ref.at("fields")).getLast().equals(c.name())))
            .toList();
  }
}

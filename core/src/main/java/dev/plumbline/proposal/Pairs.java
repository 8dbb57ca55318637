package dev.plumbline.proposal;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.proposal.Proposal.Evidence;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Proposes that two tables with the same key have the same rows, and the same values in columns of
 * the same name and type. Keys are the same if their columns refer to the same things, whatever
 * they are called: {@code (user_id, course_id)} and {@code (student_id, course_id)}.
 */
final class Pairs {
  /** Columns that each table keeps for itself. */
  private static final Set<String> OWN = Set.of("id", "created_at", "updated_at", "version");

  private final Dialect dialect;

  Pairs(Dialect dialect) {
    this.dialect = dialect;
  }

  /** A key's columns by what they hold, so that keys of two tables can be compared. */
  private record Keyed(Table table, Map<String, String> columns) {}

  /** Each pair's statements: with the values where there are any, then without. */
  Stream<List<Proposal>> in(Tables tables) {
    List<Keyed> keys = tables.all().stream().flatMap(t -> keys(tables, t)).toList();
    List<List<Proposal>> pairs = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      for (int j = i + 1; j < keys.size(); j++) {
        pair(tables, keys.get(i), keys.get(j)).ifPresent(pairs::add);
      }
    }
    return pairs.stream();
  }

  /** A single {@code id} is everywhere, and means another thing in each table. */
  private static Stream<Keyed> keys(Tables tables, Table table) {
    return Stream.concat(Stream.of(table.primaryKey()), table.uniqueKeys().stream())
        .filter(key -> !key.isEmpty() && !key.equals(List.of("id")))
        .filter(key -> key.stream().allMatch(name -> isFull(table, name)))
        .map(key -> new Keyed(table, byMeaning(tables, table, key)))
        .filter(keyed -> keyed.columns().values().stream().distinct().count() > 1 || isLink(keyed));
  }

  private static boolean isLink(Keyed keyed) {
    return keyed.columns().keySet().iterator().next().contains(" -> ");
  }

  private static boolean isFull(Table table, String column) {
    return table.findColumn(column).filter(Column::notNull).isPresent();
  }

  private static Map<String, String> byMeaning(Tables tables, Table table, List<String> key) {
    Map<String, String> meanings = new TreeMap<>();
    for (String column : key) {
      String meaning =
          tables
              .link(table, column)
              .map(link -> " -> " + link.to().label() + "." + link.referenced().getFirst())
              .orElseGet(() -> column + " " + table.findColumn(column).orElseThrow().type());
      meanings.merge(
          meaning, column, (one, other) -> one + "\n" + other); // twice: comparable to none
    }
    return meanings;
  }

  private Optional<List<Proposal>> pair(Tables tables, Keyed left, Keyed right) {
    boolean same =
        !left.table().equals(right.table())
            && left.columns().keySet().equals(right.columns().keySet())
            && Stream.of(left, right).noneMatch(Pairs::isAmbiguous);
    if (!same || refers(tables, left, right) || refers(tables, right, left)) {
      return Optional.empty();
    }
    List<String> values = values(left, right);
    List<Proposal> statements = new ArrayList<>();
    if (!values.isEmpty()) {
      statements.add(proposal(left, right, values));
    }
    statements.add(proposal(left, right, List.of()));
    return Optional.of(statements);
  }

  private static boolean isAmbiguous(Keyed keyed) {
    return keyed.columns().values().stream().anyMatch(column -> column.contains("\n"));
  }

  /** Where one refers to the other, that it may be without the other is meant so. */
  private static boolean refers(Tables tables, Keyed one, Keyed other) {
    return tables.links(one.table()).stream().anyMatch(link -> link.to().equals(other.table()));
  }

  private static List<String> values(Keyed left, Keyed right) {
    return left.table().columns().stream()
        .filter(c -> !OWN.contains(c.name()) && !left.columns().containsValue(c.name()))
        .filter(
            c ->
                right.table().columns().stream()
                    .anyMatch(
                        o ->
                            o.name().equals(c.name())
                                && Tables.sameType(o, c)
                                && !right.columns().containsValue(o.name())))
        .map(Column::name)
        .toList();
  }

  private Proposal proposal(Keyed left, Keyed right, List<String> values) {
    List<String> by = List.copyOf(left.columns().values());
    String what =
        values.isEmpty() ? "have the same rows" : "say the same " + String.join(", ", values);
    return new Proposal(
        Words.dashed(left.table().label())
            + "-and-"
            + Words.dashed(right.table().label())
            + "-agree",
        left.table().label(),
        by,
        left.table().label()
            + " and "
            + right.table().label()
            + " "
            + what
            + " by "
            + String.join(", ", by)
            + ".",
        """
        agree:
          left: |
            %s
          right: |
            %s
          by: %s
        """
            .formatted(
                select(left, by, left, values),
                select(right, by, left, values),
                by.size() == 1 ? Yaml.name(by.getFirst()) : Yaml.names(by)),
        Evidence.MOST);
  }

  /** The key's columns bear the left table's names on both sides. */
  private String select(Keyed from, List<String> by, Keyed naming, List<String> values) {
    Map<String, String> names = new TreeMap<>();
    naming.columns().forEach((meaning, name) -> names.put(name, from.columns().get(meaning)));
    Stream<String> key =
        by.stream()
            .map(
                name -> {
                  String own = String.valueOf(names.get(name));
                  return own.equals(name) ? sql(own) : sql(own) + " AS " + sql(name);
                });
    return "SELECT "
        + Stream.concat(key, values.stream().map(this::sql)).collect(Collectors.joining(", "))
        + " FROM "
        + Yaml.sql(dialect, from.table());
  }

  private String sql(String column) {
    return Yaml.sql(dialect, column);
  }
}

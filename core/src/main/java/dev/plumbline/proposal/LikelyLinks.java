package dev.plumbline.proposal;

import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns that look like a foreign key and are none. Two signs count: a column named after a table
 * ({@code course_id}, {@code id_course}, {@code courseId}) that has the type of its key; and all
 * columns of another table's composite primary key, by name and type.
 */
final class LikelyLinks {
  private static final Pattern NAMED_AFTER = Pattern.compile("(?:(.+)_id|id_(.+))");

  private final List<Table> tables;
  private final List<Link> declared;

  LikelyLinks(List<Table> tables, List<Link> declared) {
    this.tables = tables;
    this.declared = declared;
  }

  List<Link> find() {
    List<Link> links = new ArrayList<>();
    for (Table from : tables) {
      for (Column column : from.columns()) {
        single(from, column).filter(this::isNew).ifPresent(links::add);
      }
      for (Table to : tables) {
        composite(from, to).filter(this::isNew).ifPresent(links::add);
      }
    }
    return links;
  }

  private Optional<Link> single(Table from, Column column) {
    Matcher matcher = NAMED_AFTER.matcher(Words.snake(column.name()));
    if (!matcher.matches() || isPolymorphic(from, matcher)) {
      return Optional.empty();
    }
    String named = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return target(from, named, column)
        .filter(to -> !(to.equals(from) && from.identity().equals(List.of(column.name()))))
        .map(to -> new Link(from, List.of(column.name()), to, to.primaryKey()));
  }

  /** Beside {@code source_id} a {@code source_type} says in which of several tables the row is. */
  private static boolean isPolymorphic(Table table, Matcher matcher) {
    return table.columnNames().stream()
        .map(Words::snake)
        .anyMatch(name -> name.equals(matcher.group(1) + "_type"));
  }

  /** {@code owner_user_id} is no {@code owner_user}, but may be a {@code user}. */
  private Optional<Table> target(Table from, String named, Column column) {
    if (named.equals("parent")) {
      return Optional.of(from).filter(table -> takes(table, column));
    }
    for (int at = 0; at >= 0; at = next(named, at)) {
      String rest = named.substring(at);
      Optional<Table> table =
          tables.stream().filter(t -> Words.same(t.name(), rest) && takes(t, column)).findFirst();
      if (table.isPresent()) {
        return table;
      }
    }
    return Optional.empty();
  }

  private static int next(String named, int at) {
    int underscore = named.indexOf('_', at);
    return underscore < 0 ? -1 : underscore + 1;
  }

  /** Whether the column could hold the table's key, which is called as such keys are. */
  private static boolean takes(Table table, Column column) {
    if (table.primaryKey().size() != 1) {
      return false;
    }
    String key = table.primaryKey().getFirst();
    boolean usual = Set.of("id", "uuid").contains(Words.snake(key));
    return (usual || key.equalsIgnoreCase(column.name()))
        && table.findColumn(key).filter(k -> Tables.sameType(k, column)).isPresent();
  }

  private static Optional<Link> composite(Table from, Table to) {
    List<String> key = to.primaryKey();
    if (from.equals(to) || key.size() < 2 || Set.copyOf(key).equals(Set.copyOf(from.identity()))) {
      return Optional.empty();
    }
    boolean holds =
        key.stream().allMatch(name -> sameColumn(from, name, to.findColumn(name).orElseThrow()));
    return holds ? Optional.of(new Link(from, key, to, key)) : Optional.empty();
  }

  private static boolean sameColumn(Table table, String name, Column column) {
    return table.columns().stream()
        .anyMatch(c -> c.name().equals(name) && Tables.sameType(c, column));
  }

  private boolean isNew(Link link) {
    Set<String> columns = new HashSet<>(link.columns());
    return declared.stream()
        .filter(known -> known.from().equals(link.from()))
        .noneMatch(known -> columns.equals(new HashSet<>(known.columns())));
  }
}

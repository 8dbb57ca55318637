package dev.plumbline.repair;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.Problem;
import dev.plumbline.invariant.RepairStep;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.ForeignKey;
import dev.plumbline.schema.ForeignKey.OnDelete;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes of a step that deletes the steps that delete whatever would go with it by {@code ON DELETE
 * CASCADE}, so that each table's rows have before-images of their own. Refuses what the step does
 * not name.
 */
final class Cascades {
  private final Catalog catalog;
  private final Dialect dialect;
  private final RepairStep.DeleteRows declared;
  private final List<String> named;
  private final List<Problem> problems;
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param problems takes what is refused
   */
  Cascades(
      Catalog catalog, Dialect dialect, RepairStep.DeleteRows declared, List<Problem> problems) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.declared = declared;
    this.problems = problems;
    this.named =
        declared.cascades().stream()
            .flatMap(name -> catalog.findTable(name.text()).stream())
            .map(Table::sql)
            .toList();
  }

  /** The steps, those of the furthest tables first. */
  List<Step> steps(Table table) {
    delete(table, Sql.user(declared.where()), List.of());
    return steps;
  }

  /**
   * @param above the tables from which the cascade comes
   */
  private void delete(Table table, Sql where, List<Table> above) {
    List<Table> path = Stream.concat(above.stream(), Stream.of(table)).toList();
    List<ForeignKey> own = new ArrayList<>();
    List<ForeignKey> others = new ArrayList<>();
    for (ForeignKey key : table.referencedBy()) {
      if (key.onDelete() != OnDelete.REFUSES && allowed(table, key)) {
        (isOf(table, key) ? own : others).add(key);
      }
    }
    Sql all = own.isEmpty() || table.identity().isEmpty() ? where : withBelow(table, own, where);
    for (ForeignKey key : others) {
      catalog.findTable(key.table()).ifPresent(child -> follow(table, key, child, all, path));
    }
    steps.add(new Step.DeleteRows(table, all));
  }

  private boolean isOf(Table table, ForeignKey key) {
    return catalog.findTable(key.table()).filter(t -> t.sql().equals(table.sql())).isPresent();
  }

  private boolean allowed(Table table, ForeignKey key) {
    boolean cascades = key.onDelete() == OnDelete.CASCADES;
    if (cascades
        && catalog.findTable(key.table()).filter(t -> named.contains(t.sql())).isPresent()) {
      return true;
    }
    refuse(
        "deleting from "
            + table.label()
            + (cascades
                ? " deletes rows of " + key.table() + " by cascade"
                : " changes rows of " + key.table() + " (ON DELETE SET)"),
        cascades
            ? "name the table in the step: `cascades: ["
                + catalog.findTable(key.table()).map(Table::name).orElse(key.table())
                + "]`"
            : "set those columns in a step of its own before this one");
    return false;
  }

  private void follow(Table table, ForeignKey key, Table child, Sql where, List<Table> path) {
    if (path.stream().anyMatch(t -> t.sql().equals(child.sql()))) {
      refuse(
          "deletes cascade in a circle: "
              + Stream.concat(path.stream(), Stream.of(child))
                  .map(Table::name)
                  .collect(Collectors.joining(" → ")),
          "delete from each of the tables in a step of its own");
      return;
    }
    Sql rows =
        Sql.of(
            "({}) IN (SELECT {} FROM {} WHERE {})",
            columns(child.sql(), key.columns()),
            columns(table.sql(), key.referenced()),
            table.sql(),
            where);
    delete(child, rows, path);
  }

  /** The rows, and those of the same table that refer to them, and so on downwards. */
  private Sql withBelow(Table table, List<ForeignKey> own, Sql where) {
    List<String> kept = new ArrayList<>(table.identity());
    own.forEach(key -> kept.addAll(key.referenced()));
    List<String> joins = new ArrayList<>();
    int at = table.identity().size();
    for (ForeignKey key : own) {
      int first = at;
      joins.add(
          IntStream.range(0, key.columns().size())
              .mapToObj(
                  i ->
                      "plumb_child."
                          + dialect.quote(key.columns().get(i))
                          + " = plumb_below.c"
                          + (first + i))
              .collect(Collectors.joining(" AND ", "(", ")")));
      at += key.columns().size();
    }
    return Sql.of(
        """
        ({}) IN (
          WITH RECURSIVE plumb_below ({}) AS (
            SELECT {} FROM {} WHERE {}
            UNION
            SELECT {} FROM {} AS plumb_child JOIN plumb_below ON {})
          SELECT {} FROM plumb_below)""",
        columns(table.sql(), table.identity()),
        numbered(kept.size()),
        columns(table.sql(), kept),
        table.sql(),
        where,
        columns("plumb_child", kept),
        table.sql(),
        String.join(" OR ", joins),
        numbered(table.identity().size()));
  }

  private String columns(String relation, List<String> names) {
    return names.stream()
        .map(name -> relation + "." + dialect.quote(name))
        .collect(Collectors.joining(", "));
  }

  private static String numbered(int number) {
    return IntStream.range(0, number).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
  }

  private void refuse(String what, String instead) {
    problems.add(
        new Problem(
            declared.table().position(), what, declared.table().text(), Optional.of(instead)));
  }
}

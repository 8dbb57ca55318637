package dev.plumbline.repair;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Name;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.invariant.AgreeQuery;
import dev.plumbline.invariant.DeriveQuery;
import dev.plumbline.invariant.EveryQuery;
import dev.plumbline.invariant.Literals;
import dev.plumbline.invariant.Narrowing;
import dev.plumbline.invariant.NoneQuery;
import dev.plumbline.invariant.RepairStep;
import dev.plumbline.invariant.Value;
import dev.plumbline.invariant.ViolationQuery;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Columns;
import dev.plumbline.schema.Table;
import dev.plumbline.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the steps of an invariant's repair: the declared ones, else those of its kind. */
final class StepCompiler {
  private final Catalog catalog;
  private final Dialect dialect;
  private final List<Problem> problems = new ArrayList<>();

  StepCompiler(Catalog catalog, Dialect dialect) {
    this.catalog = catalog;
    this.dialect = dialect;
  }

  /**
   * @throws ProjectException naming all that is not there
   * @throws PlumblineException 78 if nothing says how to repair, or a table has no usable key
   */
  List<Step> steps(ViolationQuery query) {
    List<RepairStep> declared = query.invariant().terms().repair();
    List<Step> steps =
        declared.isEmpty()
            ? ownSteps(query)
            : declared.stream().flatMap(s -> step(s, query).stream()).toList();
    if (!problems.isEmpty()) {
      throw new ProjectException(problems);
    }
    steps.forEach(s -> needKey(s, query));
    return steps;
  }

  private static void needKey(Step step, ViolationQuery query) {
    if (step.key().isEmpty()) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "Table "
              + step.table().label()
              + " has no primary key and no unique key without NULLs"
              + (step.table().inherited()
                  ? " over all its rows: those of the tables that inherit from it are not covered"
                  : "")
              + ": a changed row could not be found again.",
          "Nothing was changed.",
          (step.table().inherited()
                  ? "Repair the tables by themselves, or make partitions of them; until then "
                  : "Give the table a primary key; until then ")
              + query.invariant().name()
              + " can be audited, but not repaired.");
    }
  }

  private List<Step> ownSteps(ViolationQuery query) {
    return switch (query) {
      case DeriveQuery derive -> {
        derive.invariant().columns().keySet().forEach(name -> column(derive.table(), name));
        yield List.of(new Step.SetRight(derive));
      }
      case EveryQuery every -> ofEvery(every);
      case NoneQuery none -> throw undeclared(query);
      case AgreeQuery agree -> throw undeclared(query);
    };
  }

  private static ProjectException undeclared(ViolationQuery query) {
    return new ProjectException(
        List.of(
            new Problem(
                new Position(query.invariant().terms().definition().file(), 1, 1),
                "`" + query.invariant().name() + "` does not say how it is repaired",
                "",
                Optional.of(
                    "add `repair:` with steps such as `- delete from: TABLE` and `where: id IN"
                        + " (SELECT id FROM violation)`"))));
  }

  private List<Step> ofEvery(EveryQuery every) {
    Stream.of(
            every.invariant().match().values(),
            every.invariant().with().keySet(),
            every.invariant().insert().keySet())
        .flatMap(Collection::stream)
        .forEach(name -> column(every.table(), name));
    Map<String, Sql> values = every.inserted();
    List<Sql> items = new ArrayList<>();
    values.forEach(
        (column, value) ->
            items.add(
                Sql.of(
                    "{} AS {}",
                    dialect.stored(value, type(every.table(), column)),
                    dialect.quote(column))));
    List<String> match = every.match().stream().map(Column::name).toList();
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step.InsertRows(
            every.table(),
            List.copyOf(values.keySet()),
            Sql.of(
                "SELECT {} FROM violation WHERE violation.state = 'missing'",
                Sql.join(", ", items)),
            isUniqueKey(every.table(), match) ? match : List.of()));
    if (!every.with().isEmpty()) {
      steps.add(activate(every));
    }
    return steps;
  }

  private static boolean isUniqueKey(Table table, List<String> columns) {
    return sameSet(table.primaryKey(), columns)
        || table.uniqueKeys().stream().anyMatch(k -> sameSet(k, columns));
  }

  private static boolean sameSet(List<String> one, List<String> other) {
    return one.size() == other.size() && one.containsAll(other);
  }

  private static String type(Table table, String column) {
    return table.findColumn(column).orElseThrow().type();
  }

  /** Sets {@code with} where a matching row does not hold it. */
  private Step activate(EveryQuery every) {
    Table table = every.table();
    List<Sql> mine = new ArrayList<>();
    List<Sql> theirs = new ArrayList<>();
    List<Sql> equal = new ArrayList<>();
    for (int i = 0; i < every.match().size(); i++) {
      Sql own = Sql.of("{}.{}", table.sql(), dialect.quote(every.match().get(i).name()));
      Sql other = Sql.of("violation.{}", dialect.quote(every.key().get(i).name()));
      mine.add(own);
      theirs.add(other);
      equal.add(Sql.of("{} = {}", other, own));
    }
    List<Sql> set = new ArrayList<>();
    for (EveryQuery.Set with : every.with()) {
      Sql value =
          with.value() instanceof Value.Expression e
              ? Sql.of("(SELECT ({}) FROM violation WHERE {})", e.sql(), Sql.join(" AND ", equal))
              : new Literals(dialect).value(with.value());
      set.add(dialect.stored(value, with.column().type()));
    }
    return new Step.UpdateRows(
        table,
        every.with().stream().map(s -> s.column().name()).toList(),
        set,
        Sql.of(
            "({}) IN (SELECT {} FROM violation WHERE violation.state = 'inactive')",
            Sql.join(", ", mine),
            Sql.join(", ", theirs)));
  }

  private List<Step> step(RepairStep declared, ViolationQuery query) {
    Optional<Table> table = table(declared.table());
    if (table.isEmpty()) {
      return List.of();
    }
    return switch (declared) {
      case RepairStep.InsertRows insert -> List.of(insert(insert, table.get(), query));
      case RepairStep.UpdateRows update -> update(update, table.get());
      case RepairStep.DeleteRows delete ->
          new Cascades(catalog, dialect, delete, problems).steps(table.get());
    };
  }

  private Step insert(RepairStep.InsertRows insert, Table table, ViolationQuery query) {
    List<Name> names =
        insert.columns().isEmpty()
            ? catalog.describe(overViolations(query, Sql.user(insert.select()))).stream()
                .map(c -> new Name(c.name(), insert.select().start()))
                .toList()
            : insert.columns();
    List<String> columns = new ArrayList<>();
    names.forEach(n -> column(table, n).ifPresent(c -> columns.add(c.name())));
    return new Step.InsertRows(table, columns, Sql.user(insert.select()), List.of());
  }

  /** A query of a step, with the relation that it reads as a common table expression. */
  static Sql overViolations(ViolationQuery query, Sql select) {
    return overViolations(query.rows(Narrowing.none()), select);
  }

  static Sql overViolations(Sql violations, Sql select) {
    return Sql.of(
        "WITH violation AS (\n{})\nSELECT * FROM (\n{}) AS plumb_step", violations, select);
  }

  private List<Step> update(RepairStep.UpdateRows update, Table table) {
    List<String> columns = new ArrayList<>();
    List<Sql> set = new ArrayList<>();
    update
        .set()
        .forEach(
            (name, value) ->
                column(table, name)
                    .ifPresent(
                        column -> {
                          if (table.primaryKey().contains(column.name())) {
                            problems.add(
                                new Problem(
                                    name.position(),
                                    "a repair cannot change the key of a row",
                                    name.text(),
                                    Optional.of("delete the row and insert another")));
                          }
                          columns.add(column.name());
                          set.add(
                              value instanceof Value.Expression
                                  ? new Literals(dialect).value(value)
                                  : dialect.stored(
                                      new Literals(dialect).value(value), column.type()));
                        }));
    return List.of(new Step.UpdateRows(table, columns, set, Sql.user(update.where())));
  }

  private Optional<Table> table(Name name) {
    Optional<Table> table = catalog.findTable(name.text());
    if (table.isEmpty()) {
      problems.add(
          new Problem(
              name.position(),
              "there is no table `" + name.text() + "`",
              name.text(),
              TableName.closest(name.text(), catalog.tableNames())
                  .map(t -> "did you mean `" + t + "`?")));
    }
    return table;
  }

  private Optional<Column> column(Table table, Name name) {
    Optional<Column> column = table.findColumn(name.text());
    if (column.isEmpty()) {
      problems.add(
          new Problem(
              name.position(),
              "there is no column `" + name.text() + "` in " + table.label(),
              name.text(),
              Columns.closest(name.text(), table.columnNames())
                  .map(c -> "did you mean `" + c + "`?")));
    } else if (column.get().generated()) {
      problems.add(
          new Problem(
              name.position(),
              "column `" + name.text() + "` is generated by the database",
              name.text(),
              Optional.of("leave it out")));
    }
    return column;
  }
}

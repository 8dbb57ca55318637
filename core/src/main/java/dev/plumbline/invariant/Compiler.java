package dev.plumbline.invariant;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Columns;
import dev.plumbline.schema.Table;
import dev.plumbline.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compiles invariants for one database: looks every table and column up that a file names, and
 * reports all that it cannot find at once. For one thread; it reads through the catalogue's
 * session.
 */
public final class Compiler {
  private final Catalog catalog;
  private final Dialect dialect;

  public Compiler(Catalog catalog, Dialect dialect) {
    this.catalog = catalog;
    this.dialect = dialect;
  }

  /**
   * @throws ProjectException naming every table and column that is not there
   * @throws dev.plumbline.error.DatabaseException if a query of the file is not valid SQL
   */
  public ViolationQuery compile(Invariant invariant) {
    List<Problem> problems = new ArrayList<>();
    Optional<? extends ViolationQuery> query =
        switch (invariant) {
          case Derive derive -> derive(derive, problems);
          case Every every -> every(every, problems);
          case None none -> none(none, problems);
          case Agree agree -> agree(agree, problems);
          case Exist exist ->
              throw new IllegalArgumentException("`exist` is compared with the catalogue");
        };
    if (!problems.isEmpty()) {
      throw new ProjectException(problems);
    }
    return query.orElseThrow();
  }

  private Optional<DeriveQuery> derive(Derive derive, List<Problem> problems) {
    Optional<Table> found = table(derive.table(), problems);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Table table = found.get();
    List<DeriveQuery.Derived> derived = new ArrayList<>();
    Map<Name, Value> empty = derive.source().map(Derive.Source::empty).orElse(Map.of());
    derive
        .columns()
        .forEach(
            (name, expression) ->
                column(table.columns(), name, table.name(), problems)
                    .ifPresent(
                        c ->
                            derived.add(
                                new DeriveQuery.Derived(c, expression, emptyOf(empty, name)))));
    List<Column> key = key(derive.terms(), table, problems);
    derive.columns().keySet().stream()
        .filter(name -> Columns.find(key, name.text()).isPresent())
        .forEach(
            name ->
                problems.add(
                    new Problem(
                        name.position(),
                        "`" + name.text() + "` is part of the key: a row would become another one",
                        name.text(),
                        Optional.of(
                            "derive other columns; say what must hold of keys with `none`"))));
    List<Column> shown =
        columns(table.columns(), derive.terms().show(), table.name(), problems).stream()
            .filter(c -> !key.contains(c) && derived.stream().noneMatch(d -> d.column().equals(c)))
            .toList();
    Optional<DeriveQuery.Join> join = derive.source().flatMap(s -> join(s, table, problems));
    return problems.isEmpty()
        ? Optional.of(new DeriveQuery(derive, dialect, table, key, derived, join, shown))
        : Optional.empty();
  }

  private static Optional<Value> emptyOf(Map<Name, Value> empty, Name column) {
    return empty.entrySet().stream()
        .filter(e -> e.getKey().text().equals(column.text()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private Optional<DeriveQuery.Join> join(
      Derive.Source source, Table table, List<Problem> problems) {
    Sql from;
    String alias;
    List<Column> columns;
    String relation;
    if (isQuery(source.from())) {
      from = Sql.of("({}) AS plumb_from", source.from());
      alias = "plumb_from";
      columns = catalog.describe(Sql.user(source.from()));
      relation = "the query in `from`";
    } else {
      Optional<Table> found =
          table(new Name(source.from().text(), source.from().start()), problems);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      from = Sql.of("{}", found.get().sql());
      alias = found.get().sql();
      columns = found.get().columns();
      relation = found.get().name();
    }
    List<String> by = new ArrayList<>();
    List<String> equals = new ArrayList<>();
    source
        .by()
        .forEach(
            (theirs, ours) -> {
              Optional<Column> a = column(columns, theirs, relation, problems);
              Optional<Column> b = column(table.columns(), ours, table.name(), problems);
              if (a.isPresent() && b.isPresent()) {
                by.add(a.get().name());
                equals.add(b.get().name());
              }
            });
    return Optional.of(new DeriveQuery.Join(from, alias, by, equals));
  }

  private static boolean isQuery(Fragment from) {
    return SqlScan.of(from.text()).code().stream()
        .findFirst()
        .map(t -> from.text().substring(t.start(), t.end()).toLowerCase(Locale.ROOT))
        .map(word -> List.of("select", "with", "values", "(", "table").contains(word))
        .orElse(false);
  }

  private Optional<EveryQuery> every(Every every, List<Problem> problems) {
    Optional<Table> found = table(every.has(), problems);
    List<Column> source = catalog.describe(Sql.user(every.every()));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Table has = found.get();
    List<Column> key = new ArrayList<>();
    List<Column> match = new ArrayList<>();
    every
        .match()
        .forEach(
            (theirs, ours) -> {
              column(source, theirs, "the query in `every`", problems).ifPresent(key::add);
              column(has.columns(), ours, has.name(), problems).ifPresent(match::add);
            });
    List<EveryQuery.Set> with = sets(every.with(), has, problems);
    List<EveryQuery.Set> insert = sets(every.insert(), has, problems);
    columns(source, every.terms().show(), "the query in `every`", problems);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    EveryQuery query = new EveryQuery(every, dialect, has, source, key, match, with, insert);
    boolean expressions =
        with.stream().anyMatch(s -> s.value() instanceof Value.Expression) && !query.unique();
    if (expressions) {
      problems.add(
          new Problem(
              every.has().position(),
              "`with` has an expression, but no unique key of "
                  + has.name()
                  + " covers the columns of `match`",
              every.has().text(),
              Optional.of("make the columns unique, or use literal values in `with`")));
      return Optional.empty();
    }
    return Optional.of(query);
  }

  private List<EveryQuery.Set> sets(Map<Name, Value> values, Table table, List<Problem> problems) {
    List<EveryQuery.Set> sets = new ArrayList<>();
    values.forEach(
        (name, value) ->
            column(table.columns(), name, table.name(), problems)
                .ifPresent(c -> sets.add(new EveryQuery.Set(c, value))));
    return sets;
  }

  private Optional<NoneQuery> none(None none, List<Problem> problems) {
    Optional<Table> of = none.of().flatMap(name -> table(name, problems));
    List<Column> columns = catalog.describe(Sql.user(none.none()));
    List<Column> key;
    if (none.terms().key().isEmpty()) {
      List<String> primary = of.map(Table::primaryKey).orElse(List.of());
      key = columns.stream().filter(c -> primary.contains(c.name())).toList();
      if (key.isEmpty() || key.size() < primary.size()) {
        problems.add(
            new Problem(
                none.none().start(),
                "`none` needs a `key`: the columns of its query that tell one row from another",
                "",
                columns.isEmpty()
                    ? Optional.empty()
                    : Optional.of("for example `key: " + columns.getFirst().name() + "`")));
      }
    } else {
      key = columns(columns, none.terms().key(), "the query in `none`", problems);
    }
    columns(columns, none.terms().show(), "the query in `none`", problems);
    return problems.isEmpty()
        ? Optional.of(new NoneQuery(none, dialect, of, key, columns))
        : Optional.empty();
  }

  private Optional<AgreeQuery> agree(Agree agree, List<Problem> problems) {
    List<Column> left = catalog.describe(Sql.user(agree.left()));
    List<Column> right = catalog.describe(Sql.user(agree.right()));
    List<Column> key = columns(left, agree.by(), "the left query", problems);
    List<Column> same = columns(right, agree.by(), "the right query", problems);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    AgreeQuery query =
        new AgreeQuery(agree, dialect, key, without(left, key), without(right, same));
    return Optional.of(query);
  }

  private static List<Column> without(List<Column> columns, List<Column> key) {
    return columns.stream()
        .filter(c -> key.stream().noneMatch(k -> k.name().equals(c.name())))
        .toList();
  }

  /** The declared key, which must be a unique one, or the primary key. */
  private List<Column> key(Terms terms, Table table, List<Problem> problems) {
    if (terms.key().isEmpty()) {
      return table.identity().stream().flatMap(name -> table.findColumn(name).stream()).toList();
    }
    List<Column> key = columns(table.columns(), terms.key(), table.name(), problems);
    List<String> names = key.stream().map(Column::name).toList();
    boolean unique =
        Stream.concat(Stream.of(table.primaryKey()), table.uniqueKeys().stream())
            .anyMatch(k -> !k.isEmpty() && names.containsAll(k));
    if (!unique && key.size() == terms.key().size()) {
      problems.add(
          new Problem(
              terms.key().getFirst().position(),
              "`key` is not unique in " + table.name(),
              terms.key().getFirst().text(),
              Optional.of("name the columns of its primary key or of a unique constraint")));
    }
    return key;
  }

  private Optional<Table> table(Name name, List<Problem> problems) {
    Optional<Table> table = catalog.findTable(name.text());
    if (table.isEmpty()) {
      problems.add(
          new Problem(
              name.position(),
              "there is no table `" + name.text() + "`",
              name.text(),
              tableInstead(name.text(), catalog.tableNames())));
    }
    return table;
  }

  private static Optional<String> tableInstead(String written, List<String> names) {
    if (!names.contains(written)) {
      return didYouMean(TableName.closest(written, names));
    }
    return Optional.of(
        Table.quoted(written).equals(written)
            ? "it is a view: name the table whose rows it shows"
            : "write it as in SQL, in quotes: '" + Table.quoted(written) + "'");
  }

  private static List<Column> columns(
      List<Column> columns, List<Name> names, String relation, List<Problem> problems) {
    List<Column> found = new ArrayList<>();
    names.forEach(name -> column(columns, name, relation, problems).ifPresent(found::add));
    return found;
  }

  private static Optional<Column> column(
      List<Column> columns, Name name, String relation, List<Problem> problems) {
    Optional<Column> column = Columns.find(columns, name.text());
    if (column.isEmpty()) {
      List<String> names = columns.stream().map(Column::name).toList();
      problems.add(
          new Problem(
              name.position(),
              "there is no column `" + name.text() + "` in " + relation,
              name.text(),
              didYouMean(Columns.closest(name.text(), names))
                  .or(() -> Optional.of("it has " + String.join(", ", names)))));
    }
    return column;
  }

  private static Optional<String> didYouMean(Optional<String> name) {
    return name.map(near -> "did you mean `" + near + "`?");
  }
}

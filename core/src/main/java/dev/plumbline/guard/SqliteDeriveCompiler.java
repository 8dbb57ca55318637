package dev.plumbline.guard;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.DeriveGuard;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.dialect.SqlScan.Token;
import dev.plumbline.error.Problem;
import dev.plumbline.guard.GuardPlan.Watch;
import dev.plumbline.invariant.Derive;
import dev.plumbline.invariant.DeriveQuery;
import dev.plumbline.invariant.Literals;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Sees whether triggers of SQLite can keep a {@code derive} true, and what they are made of. */
final class SqliteDeriveCompiler {
  private static final Set<String> CLOCK =
      Set.of(
          "date",
          "time",
          "datetime",
          "julianday",
          "unixepoch",
          "strftime",
          "timediff",
          "current_date",
          "current_time",
          "current_timestamp");

  private final Catalog catalog;
  private final Dialect dialect;
  private final DeriveQuery query;
  private final Set<String> undetermined;
  private final List<Problem> problems;

  SqliteDeriveCompiler(
      Session session, Catalog catalog, DeriveQuery query, List<Problem> problems) {
    this.catalog = catalog;
    this.dialect = session.dialect();
    this.query = query;
    this.problems = problems;
    this.undetermined = new HashSet<>(CLOCK);
    // SQLite's own mark: https://www.sqlite.org/c3ref/c_deterministic.html
    undetermined.addAll(
        session.query(
            Sql.of(
                """
                SELECT DISTINCT lower(name) FROM pragma_function_list
                WHERE type = 's' AND flags & 2048 = 0"""),
            row -> row.required(1)));
  }

  List<Watch> watches() {
    String columns = String.join(", ", query.derived().stream().map(Column::name).toList());
    List<Watch> watches = new ArrayList<>();
    query
        .join()
        .flatMap(j -> catalog.findTable(j.alias()))
        .ifPresent(
            source ->
                watches.add(
                    new Watch(
                        source.label(),
                        "INSERT, UPDATE, DELETE",
                        "sets "
                            + columns
                            + " of the rows of "
                            + query.table().label()
                            + " with the same "
                            + String.join(", ", query.join().orElseThrow().equals()))));
    watches.add(
        new Watch(
            query.table().label(), "INSERT, UPDATE", "sets " + columns + " of each row written"));
    return watches;
  }

  List<String> notes() {
    return List.of(
        "SQLite fires these triggers for each row; REPLACE takes rows away without firing them,"
            + " unless PRAGMA recursive_triggers is on.");
  }

  /** Empty where there are problems. */
  Optional<DeriveGuard> compile() {
    Derive derive = query.invariant();
    Table target = query.table();
    if (query.key().isEmpty()) {
      problems.add(
          new Problem(
              derive.table().position(),
              target.label() + " has no key: the guard could not tell which row to set right",
              target.label(),
              Optional.of("give the table a primary key")));
    }
    query.expressions().forEach(d -> check(d.expression()));
    derive.terms().where().ifPresent(this::check);
    Optional<DeriveGuard.Source> source = query.join().flatMap(this::source);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DeriveGuard(
            target.sql(),
            dialect.quote(target.name()),
            query.key().stream().map(Column::name).toList(),
            derive.terms().where().map(Sql::user),
            query.expressions().stream()
                .map(
                    d ->
                        new DeriveGuard.Derived(
                            Guarded.column(dialect, d.column()),
                            Sql.user(d.expression()),
                            d.empty().map(new Literals(dialect)::value)))
                .toList(),
            List.of(),
            source));
  }

  private Optional<DeriveGuard.Source> source(DeriveQuery.Join join) {
    Fragment from = query.invariant().source().orElseThrow().from();
    Optional<Table> table = catalog.findTable(join.alias());
    if (table.isEmpty()) {
      refuse(
          from,
          0,
          "on SQLite a guard follows a table in `from`, not a query",
          "name the table, and put its conditions into the expression: count(*) FILTER (WHERE …)");
      return Optional.empty();
    }
    if (table.get().sql().equals(query.table().sql())) {
      refuse(
          from,
          0,
          "the guard's own writes to " + table.get().label() + " would be writes to its source",
          "keep what is derived in another table than what it is derived from");
    }
    return Optional.of(
        new DeriveGuard.Source(
            dialect.quote(table.get().name()),
            table.get().identity(),
            List.of(),
            join.from(),
            rows -> rows,
            join.by().stream()
                .map(name -> Sql.of("{}.{}", join.alias(), dialect.quote(name)))
                .toList(),
            join.by().stream().map(name -> Sql.of("{}", dialect.quote(name))).toList(),
            List.of(),
            join.equals().stream()
                .flatMap(name -> query.table().findColumn(name).stream())
                .map(c -> Guarded.column(dialect, c))
                .toList(),
            List.of()));
  }

  private void check(Fragment fragment) {
    SqlScan scan = SqlScan.of(fragment.text());
    List<Token> tokens = scan.code();
    for (int i = 0; i < tokens.size(); i++) {
      String word = scan.text(tokens.get(i)).toLowerCase(Locale.ROOT);
      boolean called = i + 1 < tokens.size() && scan.text(tokens.get(i + 1)).equals("(");
      if (word.equals("select")) {
        refuse(
            fragment,
            tokens.get(i).start(),
            "a guard cannot follow a subquery: writes to its tables would go unseen",
            "write what it aggregates as `from:` and `by:`; then the guard sees both tables");
      } else if (word.equals("over")) {
        refuse(
            fragment,
            tokens.get(i).start(),
            "a guard cannot follow a window function: one row changes what it gives for others",
            "use an aggregate with `from` and `by`");
      } else if (undetermined.contains(word) && (called || word.startsWith("current_"))) {
        refuse(
            fragment,
            tokens.get(i).start(),
            "a guard needs the same result from the same rows, and " + word + " may give another",
            "compare with a column instead");
      }
    }
  }

  private void refuse(Fragment fragment, int offset, String what, String instead) {
    problems.add(new Problem(fragment.at(offset), what, fragment.text(), Optional.of(instead)));
  }
}

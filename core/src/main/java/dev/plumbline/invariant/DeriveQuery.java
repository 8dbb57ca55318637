package dev.plumbline.invariant;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code derive}: the rows of a table in which a column differs from its expression. With {@code
 * from} the expressions are computed set by set and joined, which on large tables is many times
 * faster than the scalar subquery that they stand for, and means the same.
 */
public final class DeriveQuery implements ViolationQuery {
  private final Derive derive;
  private final Dialect dialect;
  private final Expressions expressions;
  private final Table table;
  private final List<Column> key;
  private final List<Derived> derived;
  private final Optional<Join> join;
  private final List<Column> shown;

  /**
   * A derived column.
   *
   * @param empty its value where {@code from} has no rows, if the file states one
   */
  public record Derived(Column column, Fragment expression, Optional<Value> empty) {}

  /**
   * The relation that the expressions aggregate.
   *
   * @param from the relation with its alias, as it stands after FROM
   * @param alias how its columns are qualified
   * @param by its columns
   * @param equals the table's columns that they equal
   */
  public record Join(Sql from, String alias, List<String> by, List<String> equals) {}

  DeriveQuery(
      Derive derive,
      Dialect dialect,
      Table table,
      List<Column> key,
      List<Derived> derived,
      Optional<Join> join,
      List<Column> shown) {
    this.derive = derive;
    this.dialect = dialect;
    this.expressions = new Expressions(dialect);
    this.table = table;
    this.key = List.copyOf(key);
    this.derived = List.copyOf(derived);
    this.join = join;
    this.shown = List.copyOf(shown);
  }

  @Override
  public Derive invariant() {
    return derive;
  }

  /** The table whose rows are repaired. */
  public Table table() {
    return table;
  }

  /** The derived columns with their expressions. */
  public List<Derived> expressions() {
    return derived;
  }

  /** What the expressions aggregate; empty where they are expressions of the row. */
  public Optional<Join> join() {
    return join;
  }

  /** The derived columns. */
  public List<Column> derived() {
    return derived.stream().map(Derived::column).toList();
  }

  @Override
  public List<Column> key() {
    return key;
  }

  @Override
  public List<Column> columns() {
    return Stream.of(key, derived(), derived().stream().map(DeriveQuery::right).toList(), shown)
        .flatMap(List::stream)
        .toList();
  }

  private static Column right(Column column) {
    return new Column("right_" + column.name(), column.type(), column.exact(), false, false);
  }

  @Override
  public Sql rows(Narrowing narrowing) {
    return rows(narrowing, List.of());
  }

  /** The violations with further items from the table in the select list. */
  public Sql rows(Narrowing narrowing, List<Sql> further) {
    List<Sql> items = new ArrayList<>(further);
    for (Column column : key) {
      items.add(expressions.as(own(column), column.name()));
    }
    for (Column column : derived()) {
      items.add(expressions.as(own(column), column.name()));
    }
    for (int i = 0; i < derived.size(); i++) {
      items.add(expressions.as(right(i), "right_" + derived.get(i).column().name()));
    }
    for (Column column : shown) {
      items.add(expressions.as(own(column), column.name()));
    }
    return Sql.of(
        """
        SELECT {}
        {}
        WHERE {} AND {}""",
        expressions.list(items),
        from(narrowing),
        population(narrowing),
        differs());
  }

  @Override
  public Sql counts(Narrowing narrowing) {
    return Sql.of("SELECT {}\n{}\nWHERE {}", counted(), from(narrowing), population(narrowing));
  }

  @Override
  public Optional<Sql> segments(Narrowing narrowing) {
    return derive
        .terms()
        .segment()
        .map(
            segment ->
                Sql.of(
                    "SELECT {} AS plumb_segment, {}\n{}\nWHERE {}\nGROUP BY 1 ORDER BY 1",
                    dialect.text(Sql.of("({})", segment)),
                    counted(),
                    from(narrowing),
                    population(narrowing)));
  }

  private Sql counted() {
    Sql recent =
        derive
            .terms()
            .recent()
            .map(
                column ->
                    Sql.of(
                        "count(*) FILTER (WHERE {} AND {})",
                        differs(),
                        dialect.recent(Sql.user(column))))
            .orElse(Sql.of("NULL"));
    return Sql.of(
        "count(*), count(*), count(*) FILTER (WHERE {}), 0, 0, 0, {}, {}",
        differs(),
        nullKeys(),
        recent);
  }

  /** SQLite takes NULL in a primary key. */
  private Sql nullKeys() {
    List<Sql> nulls =
        key.stream().filter(c -> !c.notNull()).map(c -> Sql.of("{} IS NULL", own(c))).toList();
    return nulls.isEmpty()
        ? Sql.of("0")
        : Sql.of("count(*) FILTER (WHERE {} AND ({}))", differs(), Sql.join(" OR ", nulls));
  }

  @Override
  public List<Check> checks() {
    return List.of();
  }

  private Sql own(Column column) {
    return expressions.column(table.sql(), column.name());
  }

  /** Which rows of the table the invariant is about. */
  public Sql population(Narrowing narrowing) {
    return Sql.and(
        List.of(
            narrowing.overRow(derive.terms().where()),
            narrowing.overKey(key.stream().map(this::own).toList())));
  }

  /** Which rows of the table have the keys; it stands in any statement that names the table. */
  public Sql keys(Narrowing narrowing) {
    return narrowing.overKey(key.stream().map(this::own).toList());
  }

  /**
   * A query of one value: the key, as JSON, of the row at a place in key order.
   *
   * @param condition over the table's row
   * @param direction empty, or {@code DESC}
   * @param offset how many rows lie before it
   */
  public Sql keyAt(Sql condition, String direction, long offset) {
    // Written as JSON outside, for the one row: inside it would be for each row that is skipped.
    return Sql.of(
        """
        SELECT {} FROM (
          SELECT {} FROM {} WHERE {} ORDER BY {} LIMIT 1 OFFSET {}) AS plumb_at""",
        dialect.keyJson(key.stream().map(c -> expressions.column("plumb_at", c.name())).toList()),
        expressions.list(key.stream().map(c -> expressions.as(own(c), c.name())).toList()),
        table.sql(),
        condition,
        Sql.join(", ", key.stream().map(c -> Sql.of("{} {}", own(c), direction)).toList()),
        offset);
  }

  private Sql differs() {
    List<Sql> differences = new ArrayList<>();
    for (int i = 0; i < derived.size(); i++) {
      Column column = derived.get(i).column();
      differences.add(expressions.differ(column, own(column), right(i)));
    }
    return Sql.of("({})", Sql.join(" OR ", differences));
  }

  /** The right value of a derived column, as the column would store it. */
  private Sql right(int i) {
    Derived column = derived.get(i);
    Sql computed =
        join.isEmpty()
            ? Sql.of("({})", column.expression())
            : Sql.of(
                "CASE WHEN plumb_source.plumb_by1 IS NULL THEN {} ELSE plumb_source.plumb_right{} END",
                column.empty().map(expressions::value).orElseGet(() -> emptyValue(column)),
                i + 1);
    return dialect.stored(computed, column.column().type());
  }

  /** What the expression gives over no rows at all: computed once, whatever the table's size. */
  private Sql emptyValue(Derived column) {
    return Sql.of(
        "(SELECT {} FROM {} WHERE FALSE)", column.expression(), join.orElseThrow().from());
  }

  private Sql from(Narrowing narrowing) {
    return join.map(
            j ->
                Sql.of(
                    """
                    FROM {} LEFT JOIN (
                      SELECT {} FROM {} {} GROUP BY {}) AS plumb_source
                    ON {}""",
                    table.sql(),
                    expressions.list(sourceItems(j)),
                    j.from(),
                    onlyNeeded(j, narrowing),
                    Sql.join(", ", by(j)),
                    joined(j)))
        .orElseGet(() -> Sql.of("FROM {}", table.sql()));
  }

  private List<Sql> by(Join j) {
    return j.by().stream().map(name -> expressions.column(j.alias(), name)).toList();
  }

  private List<Sql> sourceItems(Join j) {
    List<Sql> items = new ArrayList<>();
    for (Sql by : by(j)) {
      items.add(Sql.of("{} AS plumb_by{}", by, items.size() + 1));
    }
    for (int i = 0; i < derived.size(); i++) {
      items.add(Sql.of("{} AS plumb_right{}", derived.get(i).expression(), i + 1));
    }
    return items;
  }

  /** A batch aggregates only what its own rows join with. */
  private Sql onlyNeeded(Join j, Narrowing narrowing) {
    if (narrowing.keys().isEmpty()) {
      return Sql.empty();
    }
    return Sql.of(
        "WHERE ({}) IN (SELECT {} FROM {} WHERE {})",
        Sql.join(", ", by(j)),
        Sql.join(
            ", ", j.equals().stream().map(name -> expressions.column(table.sql(), name)).toList()),
        table.sql(),
        population(narrowing));
  }

  private Sql joined(Join j) {
    List<Sql> source = new ArrayList<>();
    List<Sql> target = new ArrayList<>();
    for (String name : j.equals()) {
      source.add(Sql.of("plumb_source.plumb_by{}", source.size() + 1));
      target.add(expressions.column(table.sql(), name));
    }
    return expressions.equal(source, target);
  }
}

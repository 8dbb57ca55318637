package dev.plumbline.invariant;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.Problem;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code none}: the rows of a query that must return nothing. */
public final class NoneQuery implements ViolationQuery {
  private final None none;
  private final Dialect dialect;
  private final Expressions expressions;
  private final Optional<Table> of;
  private final List<Column> key;
  private final List<Column> columns;

  NoneQuery(
      None none, Dialect dialect, Optional<Table> of, List<Column> key, List<Column> columns) {
    this.none = none;
    this.dialect = dialect;
    this.expressions = new Expressions(dialect);
    this.of = of;
    this.key = List.copyOf(key);
    this.columns =
        Stream.concat(key.stream(), columns.stream().filter(c -> !key.contains(c))).toList();
  }

  @Override
  public None invariant() {
    return none;
  }

  @Override
  public List<Column> key() {
    return key;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public Sql rows(Narrowing narrowing) {
    return Sql.of(
        "SELECT {} {}", expressions.list(expressions.columns("v", columns)), from(narrowing));
  }

  private Sql from(Narrowing narrowing) {
    return Sql.of(
        "FROM ({}) AS v WHERE {} AND {}",
        none.none(),
        narrowing.overRow(none.terms().where()),
        narrowing.overKey(expressions.columns("v", key)));
  }

  @Override
  public Sql counts(Narrowing narrowing) {
    return Sql.of(
        "SELECT {}, {}, count(*), 0, 0, 0, count(*) FILTER (WHERE {}), {} {}",
        of.map(this::population).orElse(Sql.of("count(*)")),
        of.map(this::population).orElse(Sql.of("NULL")),
        expressions.anyNull(expressions.columns("v", key)),
        recent(),
        from(narrowing));
  }

  private Sql population(Table table) {
    return Sql.of("(SELECT count(*) FROM {} WHERE {})", table.sql(), ownWhere());
  }

  /**
   * Which rows of {@code of} it is about. A narrowing does not count here: it speaks of the query's
   * columns, which the table need not have.
   */
  private Sql ownWhere() {
    return Narrowing.none().overRow(none.terms().where());
  }

  private Sql recent() {
    return none.terms()
        .recent()
        .map(c -> Sql.of("count(*) FILTER (WHERE {})", dialect.recent(Sql.user(c))))
        .orElse(Sql.of("NULL"));
  }

  /** Each segment of the population where {@code of} names one, else of the violations alone. */
  @Override
  public Optional<Sql> segments(Narrowing narrowing) {
    return none.terms()
        .segment()
        .map(
            segment -> {
              Sql value = dialect.text(Sql.of("({})", segment));
              Sql violations =
                  Sql.of(
                      "SELECT {} AS plumb_segment, count(*) AS n, count(*) FILTER (WHERE {}) AS"
                          + " nulls, {} AS recent {} GROUP BY 1",
                      value,
                      expressions.anyNull(expressions.columns("v", key)),
                      recent(),
                      from(narrowing));
              return of.map(
                      table ->
                          Sql.of(
                              """
                              SELECT p.plumb_segment, p.n, p.n, coalesce(x.n, 0), 0, 0, 0, \
                              coalesce(x.nulls, 0), {}
                              FROM (SELECT {} AS plumb_segment, count(*) AS n FROM {} WHERE {}
                                GROUP BY 1) AS p
                              LEFT JOIN ({}) AS x
                              ON x.plumb_segment = p.plumb_segment
                                OR (x.plumb_segment IS NULL AND p.plumb_segment IS NULL)
                              ORDER BY 1""",
                              none.terms().recent().isPresent() ? "coalesce(x.recent, 0)" : "NULL",
                              value,
                              table.sql(),
                              ownWhere(),
                              violations))
                  .orElseGet(
                      () ->
                          Sql.of(
                              "SELECT x.plumb_segment, x.n, NULL, x.n, 0, 0, 0, x.nulls, x.recent"
                                  + " FROM ({}) AS x ORDER BY 1",
                              violations));
            });
  }

  @Override
  public List<Check> checks() {
    List<Sql> keys = expressions.columns("v", key);
    return List.of(
        new Check(
            Sql.of(
                "SELECT {} FROM ({}) AS v WHERE NOT {} GROUP BY {} HAVING count(*) > 1 LIMIT 1",
                dialect.keyJson(keys),
                dialect.wholly(Sql.of("SELECT * FROM ({}) AS q", none.none())),
                expressions.anyNull(keys),
                expressions.list(keys)),
            new Problem(
                none.none().start(),
                "the key of `none` is not unique among the rows of the query",
                "",
                Optional.of("name further columns in `key`, or make the query distinct"))));
  }
}

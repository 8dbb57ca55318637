package dev.plumbline.invariant;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.Problem;
import dev.plumbline.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code agree}: the keys for which two queries do not say the same. */
public final class AgreeQuery implements ViolationQuery {
  private final Agree agree;
  private final Dialect dialect;
  private final Expressions expressions;
  private final List<Column> key;
  private final List<Column> left;
  private final List<Column> right;

  /**
   * @param key the columns of {@code by}
   * @param left the further columns of the left query
   * @param right the further columns of the right query
   */
  AgreeQuery(
      Agree agree, Dialect dialect, List<Column> key, List<Column> left, List<Column> right) {
    this.agree = agree;
    this.dialect = dialect;
    this.expressions = new Expressions(dialect);
    this.key = List.copyOf(key);
    this.left = List.copyOf(left);
    this.right = List.copyOf(right);
  }

  @Override
  public Agree invariant() {
    return agree;
  }

  @Override
  public List<Column> key() {
    return key;
  }

  @Override
  public List<Column> columns() {
    return Stream.of(key, prefixed("left_", left), prefixed("right_", right))
        .flatMap(List::stream)
        .toList();
  }

  /** The columns that both queries have. */
  List<Column> compared() {
    return left.stream()
        .filter(l -> right.stream().anyMatch(r -> r.name().equals(l.name())))
        .toList();
  }

  private static List<Column> prefixed(String prefix, List<Column> columns) {
    return columns.stream()
        .map(c -> new Column(prefix + c.name(), c.type(), c.exact(), false, false))
        .toList();
  }

  @Override
  public Sql rows(Narrowing narrowing) {
    return Sql.of(
        "SELECT {} FROM ({}) AS v WHERE v.plumb_differs AND {}",
        expressions.list(expressions.columns("v", columns())),
        joined(narrowing),
        narrowing.overRow(agree.terms().where()));
  }

  private Sql joined(Narrowing narrowing) {
    List<Sql> items = new ArrayList<>();
    List<Sql> leftKey = expressions.columns("l", key);
    List<Sql> rightKey = expressions.columns("r", key);
    for (int i = 0; i < key.size(); i++) {
      items.add(
          expressions.as(
              Sql.of("coalesce({}, {})", leftKey.get(i), rightKey.get(i)), key.get(i).name()));
    }
    left.forEach(
        c -> items.add(expressions.as(expressions.column("l", c.name()), "left_" + c.name())));
    right.forEach(
        c -> items.add(expressions.as(expressions.column("r", c.name()), "right_" + c.name())));
    items.add(Sql.of("{} AS plumb_differs", differs()));
    return Sql.of(
        "SELECT {} FROM {} AS l FULL JOIN {} AS r ON {}",
        expressions.list(items),
        side(agree.left(), narrowing),
        side(agree.right(), narrowing),
        expressions.equal(leftKey, rightKey));
  }

  private Sql side(Fragment query, Narrowing narrowing) {
    return Sql.of(
        "(SELECT 1 AS plumb_side, q.* FROM ({}) AS q WHERE {})",
        query,
        narrowing.overKey(expressions.columns("q", key)));
  }

  /** One side only, or a column of both that differs. */
  private Sql differs() {
    List<Sql> differences = new ArrayList<>();
    differences.add(Sql.of("l.plumb_side IS NULL OR r.plumb_side IS NULL"));
    for (Column column : compared()) {
      differences.add(
          expressions.differ(
              column,
              expressions.column("l", column.name()),
              expressions.column("r", column.name())));
    }
    return Sql.of("({})", Sql.join(" OR ", differences));
  }

  @Override
  public Sql counts(Narrowing narrowing) {
    return Sql.of(
        "SELECT {} FROM ({}) AS v WHERE {}",
        counted(),
        joined(narrowing),
        narrowing.overRow(agree.terms().where()));
  }

  @Override
  public Optional<Sql> segments(Narrowing narrowing) {
    return agree
        .terms()
        .segment()
        .map(
            segment ->
                Sql.of(
                    "SELECT {} AS plumb_segment, {} FROM ({}) AS v WHERE {} GROUP BY 1 ORDER BY 1",
                    dialect.text(Sql.of("({})", segment)),
                    counted(),
                    joined(narrowing),
                    narrowing.overRow(agree.terms().where())));
  }

  private Sql counted() {
    return Sql.of(
        "count(*), count(*), count(*) FILTER (WHERE v.plumb_differs), 0, 0, 0, count(*) FILTER"
            + " (WHERE {}), {}",
        expressions.anyNull(expressions.columns("v", key)),
        agree
            .terms()
            .recent()
            .map(
                c ->
                    Sql.of(
                        "count(*) FILTER (WHERE v.plumb_differs AND {})",
                        dialect.recent(Sql.user(c))))
            .orElse(Sql.of("NULL")));
  }

  @Override
  public List<Check> checks() {
    return List.of(twice(agree.left(), "left"), twice(agree.right(), "right"));
  }

  private Check twice(Fragment query, String side) {
    List<Sql> keys = expressions.columns("q", key);
    return new Check(
        Sql.of(
            "SELECT {} FROM ({}) AS q WHERE NOT {} GROUP BY {} HAVING count(*) > 1 LIMIT 1",
            dialect.keyJson(keys),
            dialect.wholly(Sql.of("SELECT * FROM ({}) AS side", query)),
            expressions.anyNull(keys),
            expressions.list(keys)),
        new Problem(
            query.start(),
            "a key of `by` comes more than once from the " + side + " query",
            "",
            Optional.of("group the query by the columns of `by`, or name further columns there")));
  }
}

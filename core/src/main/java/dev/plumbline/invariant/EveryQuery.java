package dev.plumbline.invariant;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code every … has …}: the keys of a query without a matching row in a table, or with one that is
 * not as it must be.
 */
public final class EveryQuery implements ViolationQuery {
  private final Every every;
  private final Dialect dialect;
  private final Expressions expressions;
  private final Table has;
  private final List<Column> key;
  private final List<Column> source;
  private final List<Column> match;
  private final List<Set> with;
  private final List<Set> insert;

  /** A column of the table and what it is set to. */
  public record Set(Column column, Value value) {}

  /**
   * @param source the query's columns
   * @param key those of them that match
   * @param match the table's columns, in the same order
   */
  EveryQuery(
      Every every,
      Dialect dialect,
      Table has,
      List<Column> source,
      List<Column> key,
      List<Column> match,
      List<Set> with,
      List<Set> insert) {
    this.every = every;
    this.dialect = dialect;
    this.expressions = new Expressions(dialect);
    this.has = has;
    this.source = List.copyOf(source);
    this.key = List.copyOf(key);
    this.match = List.copyOf(match);
    this.with = List.copyOf(with);
    this.insert = List.copyOf(insert);
  }

  @Override
  public Every invariant() {
    return every;
  }

  /** The table that is repaired. */
  public Table table() {
    return has;
  }

  /** The table's columns that match the key, in the key's order. */
  public List<Column> match() {
    return match;
  }

  public List<Set> with() {
    return with;
  }

  public List<Set> insert() {
    return insert;
  }

  @Override
  public List<Column> key() {
    return key;
  }

  /** The query's columns, key first, then {@code state}. */
  @Override
  public List<Column> columns() {
    return Stream.of(
            key,
            source.stream().filter(c -> !key.contains(c)).toList(),
            List.of(new Column("state", "text", Column.Comparison.PLAIN, true, false)))
        .flatMap(List::stream)
        .toList();
  }

  /** Whether the database itself lets at most one row of the table match a key. */
  public boolean unique() {
    List<String> names = match.stream().map(Column::name).toList();
    return Stream.concat(Stream.of(has.primaryKey()), has.uniqueKeys().stream())
        .anyMatch(k -> !k.isEmpty() && names.containsAll(k));
  }

  @Override
  public Sql rows(Narrowing narrowing) {
    List<Sql> items =
        columns().stream()
            .limit(source.size())
            .map(c -> expressions.column("v", c.name()))
            .toList();
    return Sql.of(
        """
        SELECT {}, v.state FROM (
          SELECT s.*, {} AS state, row_number() OVER ({} ORDER BY {}) AS plumb_nth
          {}
          WHERE {} <> 'present') AS v
        WHERE v.plumb_nth = 1""",
        expressions.list(items),
        ambiguity(),
        window(),
        Sql.join(", ", keyOf("s")),
        joined(narrowing),
        state());
  }

  /** The rows of one key, and whether they ask for different inserts. */
  private Sql ambiguity() {
    List<Sql> differ = new ArrayList<>();
    for (int i = 0; i < insert.size() + with.size(); i++) {
      if (expressionAt(i).isPresent()) {
        Sql value = dialect.text(Sql.of("s.plumb_set{}", i + 1));
        differ.add(
            Sql.of(
                "min({}) OVER ({}) IS DISTINCT FROM max({}) OVER ({})",
                value,
                window(),
                value,
                window()));
        differ.add(
            Sql.of(
                "count({}) OVER ({}) NOT IN (0, count(*) OVER ({}))", value, window(), window()));
      }
    }
    return differ.isEmpty()
        ? state()
        : Sql.of(
            "CASE WHEN {} = 'missing' AND ({}) THEN 'ambiguous' ELSE {} END",
            state(),
            Sql.join(" OR ", differ),
            state());
  }

  private Sql window() {
    return Sql.of("PARTITION BY {}", Sql.join(", ", keyOf("s")));
  }

  @Override
  public Sql counts(Narrowing narrowing) {
    return Sql.of("SELECT {} FROM ({}) AS k", counted(), byKey(narrowing, Sql.empty()));
  }

  @Override
  public Optional<Sql> segments(Narrowing narrowing) {
    return every
        .terms()
        .segment()
        .map(
            segment ->
                Sql.of(
                    "SELECT k.plumb_segment, {} FROM ({}) AS k GROUP BY 1 ORDER BY 1",
                    counted(),
                    byKey(narrowing, Sql.of("s.plumb_segment, "))));
  }

  private Sql counted() {
    String of = "count(*) FILTER (WHERE k.state = '%s')";
    return Sql.of(
        "coalesce(sum(k.n), 0), count(*), count(*) FILTER (WHERE k.state <> 'present'), {}, {}, {},"
            + " {}, {}",
        of.formatted("missing"),
        of.formatted("inactive"),
        of.formatted("ambiguous"),
        of.formatted("null key"),
        every.terms().recent().isPresent()
            ? "count(*) FILTER (WHERE k.state <> 'present' AND k.recent > 0)"
            : "NULL");
  }

  @Override
  public List<Check> checks() {
    return List.of();
  }

  /** One row per key: how many source rows, its state, whether one of them is recent. */
  private Sql byKey(Narrowing narrowing, Sql segment) {
    List<Sql> differ = new ArrayList<>();
    for (int i = 0; i < insert.size() + with.size(); i++) {
      if (expressionAt(i).isPresent()) {
        Sql value = dialect.text(Sql.of("s.plumb_set{}", i + 1));
        differ.add(Sql.of("min({}) IS DISTINCT FROM max({})", value, value));
        differ.add(Sql.of("count({}) NOT IN (0, count(*))", value));
      }
    }
    Sql worst = Sql.of("min({})", state());
    Sql state =
        differ.isEmpty()
            ? worst
            : Sql.of(
                "CASE WHEN {} = 'missing' AND ({}) THEN 'ambiguous' ELSE {} END",
                worst,
                Sql.join(" OR ", differ),
                worst);
    return Sql.of(
        "SELECT {}count(*) AS n, {} AS state, max(s.plumb_recent) AS recent {} GROUP BY {}{}",
        segment,
        state,
        joined(narrowing),
        segment,
        Sql.join(", ", keyOf("s")));
  }

  private Sql joined(Narrowing narrowing) {
    return Sql.of(
        """
        FROM (SELECT {} FROM ({}) AS plumb_rows WHERE {}) AS s
        LEFT JOIN {} AS t ON {}""",
        expressions.list(sourceItems()),
        every.every(),
        Sql.and(
            List.of(
                narrowing.overRow(every.terms().where()), narrowing.overKey(keyOf("plumb_rows")))),
        target(narrowing),
        expressions.equal(matchOf("t"), keyOf("s")));
  }

  private List<Sql> sourceItems() {
    List<Sql> items = new ArrayList<>();
    items.add(Sql.of("plumb_rows.*"));
    for (int i = 0; i < insert.size() + with.size(); i++) {
      Optional<Fragment> expression = expressionAt(i);
      if (expression.isPresent()) {
        items.add(Sql.of("({}) AS plumb_set{}", expression.get(), i + 1));
      }
    }
    every
        .terms()
        .segment()
        .ifPresent(
            segment ->
                items.add(Sql.of("{} AS plumb_segment", dialect.text(Sql.of("({})", segment)))));
    items.add(
        every
            .terms()
            .recent()
            .map(
                column ->
                    Sql.of(
                        "CASE WHEN {} THEN 1 ELSE 0 END AS plumb_recent",
                        dialect.recent(Sql.user(column))))
            .orElse(Sql.of("0 AS plumb_recent")));
    return items;
  }

  /** The expressions of {@code with}, then of {@code insert}, by position; literals have none. */
  private Optional<Fragment> expressionAt(int i) {
    Value value = i < with.size() ? with.get(i).value() : insert.get(i - with.size()).value();
    return value instanceof Value.Expression expression
        ? Optional.of(expression.sql())
        : Optional.empty();
  }

  /** The table itself where a key has at most one row in it, else one row per key. */
  private Sql target(Narrowing narrowing) {
    if (unique()) {
      return Sql.of("{}", has.sql());
    }
    return Sql.of(
        "(SELECT {}, max(CASE WHEN {} THEN 1 ELSE 0 END) AS plumb_holds FROM {} AS t WHERE {} GROUP"
            + " BY {})",
        Sql.join(", ", matchOf("t")),
        holds(),
        has.sql(),
        narrowing.overKey(matchOf("t")),
        Sql.join(", ", matchOf("t")));
  }

  /** What {@code with} demands of the row {@code t}. */
  private Sql holds() {
    List<Sql> conditions = new ArrayList<>();
    for (int i = 0; i < with.size(); i++) {
      Column column = with.get(i).column();
      Sql value =
          with.get(i).value() instanceof Value.Expression
              ? Sql.of("s.plumb_set{}", i + 1)
              : expressions.value(with.get(i).value());
      conditions.add(
          Sql.of(
              "NOT ({})",
              expressions.differ(
                  column,
                  expressions.column("t", column.name()),
                  dialect.stored(value, column.type()))));
    }
    return Sql.and(conditions);
  }

  /**
   * The state of a joined row. Of several rows of one key the first in the alphabet is the worst.
   */
  private Sql state() {
    return Sql.of(
        "CASE WHEN {} THEN 'null key' WHEN {} IS NULL THEN 'missing' WHEN {} THEN 'present' ELSE"
            + " 'inactive' END",
        expressions.anyNull(keyOf("s")),
        matchOf("t").getFirst(),
        unique() ? holds() : Sql.of("t.plumb_holds = 1"));
  }

  private List<Sql> keyOf(String relation) {
    return expressions.columns(relation, key);
  }

  private List<Sql> matchOf(String relation) {
    return expressions.columns(relation, match);
  }

  /** What the table's columns are set to in a new row, over the relation {@code violation}. */
  public Map<String, Sql> inserted() {
    Map<String, Sql> values = new LinkedHashMap<>();
    for (int i = 0; i < match.size(); i++) {
      values.put(match.get(i).name(), expressions.column("violation", key.get(i).name()));
    }
    Stream.concat(with.stream(), insert.stream())
        .forEach(set -> values.put(set.column().name(), expressions.value(set.value())));
    return values;
  }
}

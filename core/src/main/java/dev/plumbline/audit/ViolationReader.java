package dev.plumbline.audit;

import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.invariant.DeriveQuery;
import dev.plumbline.invariant.EveryQuery;
import dev.plumbline.invariant.Narrowing;
import dev.plumbline.invariant.ViolationQuery;
import dev.plumbline.schema.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads violations in key order: the first few as samples, or all as a stream. */
final class ViolationReader {
  /** Within this many times the rows in which enough violations are to be expected, they are. */
  private static final int MARGIN = 5;

  private final Session session;
  private final Dialect dialect;
  private final ViolationQuery query;
  private final Narrowing narrowing;
  private final List<String> columns;

  /**
   * @param columns the columns to read
   */
  ViolationReader(
      Session session, ViolationQuery query, Narrowing narrowing, List<String> columns) {
    this.session = session;
    this.dialect = session.dialect();
    this.query = query;
    this.narrowing = narrowing;
    this.columns = List.copyOf(columns);
  }

  /** The first violations by key; for {@code every}, of each state. */
  List<Violation> samples(Counts counts, int number) {
    if (query instanceof DeriveQuery derive) {
      return first(derive, counts, number);
    }
    if (!(query instanceof EveryQuery)) {
      return first(narrowing, Sql.of("TRUE"), number);
    }
    return Stream.of(
            counts.missing() > 0 ? "missing" : "",
            counts.inactive() > 0 ? "inactive" : "",
            counts.ambiguous() > 0 ? "ambiguous" : "",
            counts.nullKeys() > 0 ? "null key" : "")
        .filter(state -> !state.isEmpty())
        .flatMap(
            state ->
                first(narrowing, Sql.of("v.state = {}", dialect.literal(state)), number).stream())
        .toList();
  }

  /**
   * Where many rows of a table violate, its first rows hold enough of them; only if they do not,
   * all rows are looked through.
   */
  private List<Violation> first(DeriveQuery derive, Counts counts, int number) {
    long enough = Math.min(number, counts.violations());
    long rows = MARGIN * enough * (counts.population().orElse(0) / counts.violations() + 1);
    if (!derive.key().isEmpty() && rows < counts.population().orElse(0) / MARGIN) {
      Optional<Key> end =
          session.first(
              derive.keyAt(Sql.of("TRUE"), "", rows), row -> Key.fromJson(row.required(1)));
      if (end.isPresent()) {
        List<Violation> found =
            first(narrowing.and(key -> upTo(key, end.get())), Sql.of("TRUE"), number);
        if (found.size() == enough) {
          return found;
        }
      }
    }
    return first(narrowing, Sql.of("TRUE"), number);
  }

  private Sql upTo(List<Sql> key, Key end) {
    List<Sql> values = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      values.add(dialect.keyParameter(end.values().get(i), query.key().get(i).type()));
    }
    return Sql.of("({}) <= ({})", Sql.join(", ", key), Sql.join(", ", values));
  }

  private List<Violation> first(Narrowing within, Sql condition, int number) {
    return session.query(
        Sql.of("{} LIMIT {}", ordered(dialect.wholly(query.rows(within)), condition), number),
        this::violation);
  }

  /** Hands every violation to the sink; memory stays flat. */
  void stream(ViolationSink sink) {
    sink.begin(query.invariant(), columns);
    session.stream(
        ordered(query.rows(narrowing), Sql.of("TRUE")), row -> sink.accept(violation(row)));
  }

  private Sql ordered(Sql rows, Sql condition) {
    List<Sql> key =
        query.key().stream().map(Column::name).map(c -> Sql.of("v.{}", dialect.quote(c))).toList();
    return Sql.of(
        "SELECT {} FROM ({}) AS v WHERE {}{}",
        Sql.join(", ", columns.stream().map(c -> "v." + dialect.quote(c)).toList()),
        rows,
        condition,
        key.isEmpty() ? "" : Sql.of(" ORDER BY {}", Sql.join(", ", key)));
  }

  private Violation violation(Row row) throws SQLException {
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 1; i <= columns.size(); i++) {
      values.add(row.text(i));
    }
    return new Violation(values);
  }
}

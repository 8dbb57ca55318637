package dev.plumbline.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A guard for {@code derive} in PostgreSQL.
 *
 * <p>On the source, after each statement: the rows of the target that have one of the keys written
 * are locked in key order, the keys' turns are taken, and what is wrong then is set right in a
 * fresh statement. On the target: a row is filled before it is inserted, so that constraints meet
 * the right value; after the statement the keys' turns are taken, and what somebody has made wrong
 * in between is set right. Rows come before turns on both sides, so that the two do not wait for
 * each other.
 */
final class PostgresDeriveGuard {
  private final Dialect dialect;
  private final DeriveGuard guard;
  private final PostgresGuards parts;

  private PostgresDeriveGuard(
      Dialect dialect, GuardNames names, String searchPath, DeriveGuard guard) {
    this.dialect = dialect;
    this.guard = guard;
    this.parts = new PostgresGuards(dialect, names, searchPath);
  }

  static GuardSql of(Dialect dialect, GuardNames names, String searchPath, DeriveGuard guard) {
    PostgresDeriveGuard made = new PostgresDeriveGuard(dialect, names, searchPath, guard);
    guard.source().ifPresentOrElse(made::ofSource, made::ofRow);
    return made.parts.made();
  }

  // --- expressions of the row ------------------------------------------------------------------

  private void ofRow() {
    parts.function(
        "fill",
        List.of(),
        Sql.of(
            """
            {}{}
            RETURN NEW;""",
            PostgresGuards.standsAside(dialect, guard.target(), "NEW"),
            ifMeant(
                Sql.of(
                    "SELECT {} INTO {} FROM (SELECT NEW.*) AS {};",
                    Sql.join(
                        ", ",
                        guard.derived().stream()
                            .map(
                                d ->
                                    dialect.stored(
                                        Sql.of("({})", d.expression()), d.column().type()))
                            .toList()),
                    newColumns(),
                    guard.label()))));
    parts.beforeRow("fill", guard.target(), "INSERT OR UPDATE");
  }

  private String newColumns() {
    return String.join(
        ", ",
        guard.derived().stream().map(d -> "NEW." + dialect.quote(d.column().name())).toList());
  }

  /** Rows that the invariant is not about are left as they come. */
  private Sql ifMeant(Sql statement) {
    return guard
        .where()
        .map(
            where ->
                Sql.of(
                    """
                    IF (SELECT ({}) FROM (SELECT NEW.*) AS {}) THEN
                      {}
                    END IF;""",
                    where,
                    guard.label(),
                    statement.indented(2)))
        .orElse(statement);
  }

  // --- expressions over a source ---------------------------------------------------------------

  private void ofSource(DeriveGuard.Source source) {
    parts.turns();
    parts.function(
        "source",
        Stream.concat(
                PostgresGuards.keyVariables(source.types()).stream(),
                Stream.of(PostgresGuards.TURNS_VARIABLE))
            .toList(),
        sourceBody(source));
    parts.function("fill", List.of(), fillBody(source));
    parts.function(
        "target",
        Stream.concat(
                PostgresGuards.keyVariables(
                    source.equals().stream().map(GuardColumn::type).toList())
                    .stream(),
                Stream.of(PostgresGuards.TURNS_VARIABLE))
            .toList(),
        targetBody(source));
    for (String event : List.of("INSERT", "UPDATE", "DELETE", "TRUNCATE")) {
      parts.afterStatement("source", source.table(), event);
    }
    parts.beforeRow("fill", guard.target(), "INSERT");
    parts.afterStatement("target", guard.target(), "INSERT");
    parts.afterStatement("target", guard.target(), "UPDATE");
  }

  private Sql sourceBody(DeriveGuard.Source source) {
    int width = source.by().size();
    return Sql.of(
        """
        {}IF TG_OP = 'TRUNCATE' THEN
          {}
          {}
          RETURN NULL;
        ELSIF TG_OP = 'INSERT' THEN
          {}
        ELSIF TG_OP = 'DELETE' THEN
          {}
        ELSE
          {}
        END IF;
        IF plumb_keys1 IS NULL THEN
          RETURN NULL;
        END IF;
        -- Rows before turns, as a writer of these rows has them.
        PERFORM 1 FROM {}
        WHERE {}{}
        ORDER BY {} FOR NO KEY UPDATE;
        {}
        {}
        RETURN NULL;""",
        PostgresGuards.standsAside(dialect, guard.target(), "NULL"),
        parts.takeAllTurns().indented(2),
        setEmpty().indented(2),
        PostgresGuards.collectKeys(keysOf(source, Sql.of("plumb_new")), width).indented(2),
        PostgresGuards.collectKeys(keysOf(source, Sql.of("plumb_old")), width).indented(2),
        PostgresGuards.collectChangedKeys(changedKeys(source), width).indented(2),
        guard.target(),
        PostgresGuards.amongKeys(own(source.equals())),
        meant(),
        Sql.join(", ", guard.key().stream().map(this::own).toList()),
        parts.takeTurns(source.hashed()),
        setRight(source, Sql.empty()));
  }

  private Sql changedKeys(DeriveGuard.Source source) {
    return Sql.of(
        "{}\nUNION\n{}",
        keysOf(source, parts.changed("plumb_new", "plumb_old", source.key(), source.watched())),
        keysOf(source, parts.changed("plumb_old", "plumb_new", source.key(), source.watched())));
  }

  /** The keys that rows of the source's table bear. */
  private Sql keysOf(DeriveGuard.Source source, Sql rows) {
    List<Sql> items = new ArrayList<>();
    for (Sql by : source.rowsBy()) {
      items.add(Sql.of("{} AS plumb_key{}", by, items.size() + 1));
    }
    return Sql.of(
        "SELECT DISTINCT {} FROM {}", Sql.join(", ", items), source.fromRows().apply(rows));
  }

  private Sql fillBody(DeriveGuard.Source source) {
    List<Sql> values = new ArrayList<>();
    for (DeriveGuard.Derived derived : guard.derived()) {
      Sql value =
          derived
              .empty()
              .map(
                  empty ->
                      Sql.of(
                          "CASE WHEN count(*) = 0 THEN {} ELSE {} END",
                          empty,
                          derived.expression()))
              .orElse(derived.expression());
      values.add(dialect.stored(value, derived.column().type()));
    }
    List<Sql> joined = new ArrayList<>();
    for (int i = 0; i < source.by().size(); i++) {
      joined.add(
          Sql.of("{} = NEW.{}", source.by().get(i), dialect.quote(source.equals().get(i).name())));
    }
    return Sql.of(
        """
        {}{}
        RETURN NEW;""",
        PostgresGuards.standsAside(dialect, guard.target(), "NEW"),
        ifMeant(
            Sql.of(
                "SELECT {} INTO {}\nFROM {} WHERE {};",
                Sql.join(", ", values),
                newColumns(),
                source.from(),
                Sql.join(" AND ", joined))));
  }

  private Sql targetBody(DeriveGuard.Source source) {
    int width = source.by().size();
    boolean nullable = source.equals().stream().anyMatch(GuardColumn::nullable);
    Sql changed = parts.changed("plumb_new", "plumb_old", guard.key(), guard.watched());
    Sql own =
        Sql.of(
            " AND ({}) IN (SELECT {} FROM plumb_new)",
            Sql.join(", ", guard.key().stream().map(this::own).toList()),
            String.join(", ", guard.key().stream().map(dialect::quote).toList()));
    return Sql.of(
        """
        {}IF TG_OP = 'INSERT' THEN
          {}
        ELSE
          {}
        END IF;
        IF plumb_keys1 IS NOT NULL THEN
          {}
          {}
        END IF;
        {}RETURN NULL;""",
        PostgresGuards.standsAside(dialect, guard.target(), "NULL"),
        PostgresGuards.collectKeys(targetKeys(source, Sql.of("plumb_new")), width).indented(2),
        PostgresGuards.collectChangedKeys(targetKeys(source, changed), width).indented(2),
        parts.takeTurns(source.hashed()).indented(2),
        setRight(source, own).indented(2),
        nullable ? setNullKeys(source, changed, own) : Sql.empty());
  }

  private Sql targetKeys(DeriveGuard.Source source, Sql rows) {
    List<Sql> items = new ArrayList<>();
    for (GuardColumn column : source.equals()) {
      items.add(
          Sql.of("plumb_rows.{} AS plumb_key{}", dialect.quote(column.name()), items.size() + 1));
    }
    return Sql.of("SELECT DISTINCT {} FROM {} AS plumb_rows", Sql.join(", ", items), rows);
  }

  /** A row without a key has no source rows. An insert was filled with that already. */
  private Sql setNullKeys(DeriveGuard.Source source, Sql changed, Sql own) {
    Sql noKey =
        Sql.join(
            " OR ",
            source.equals().stream()
                .filter(GuardColumn::nullable)
                .map(c -> Sql.of("plumb_rows.{} IS NULL", dialect.quote(c.name())))
                .toList());
    Sql ownNoKey =
        Sql.join(
            " OR ",
            source.equals().stream()
                .filter(GuardColumn::nullable)
                .map(c -> Sql.of("{} IS NULL", own(c.name())))
                .toList());
    return Sql.of(
        """
        IF TG_OP = 'UPDATE' THEN
          IF EXISTS (SELECT 1 FROM {} AS plumb_rows WHERE {}) THEN
            {}
          END IF;
        END IF;
        """,
        changed,
        noKey,
        setEmptyWhere(Sql.of(" AND ({}){}", ownNoKey, own)).indented(4));
  }

  private Sql setEmpty() {
    return setEmptyWhere(Sql.empty());
  }

  private Sql setEmptyWhere(Sql further) {
    DeriveGuard.Source source = guard.source().orElseThrow();
    List<Sql> items = new ArrayList<>();
    for (DeriveGuard.Derived d : guard.derived()) {
      Sql value =
          d.empty()
              .orElseGet(
                  () -> Sql.of("(SELECT {} FROM {} WHERE FALSE)", d.expression(), source.from()));
      items.add(
          Sql.of(
              "{} AS plumb_right{}", dialect.stored(value, d.column().type()), items.size() + 1));
    }
    return Sql.of(
        """
        UPDATE {} SET {}
        FROM (SELECT {}) AS plumb_right
        WHERE ({}){}{};""",
        guard.target(),
        set(),
        Sql.join(", ", items),
        differs(),
        meant(),
        further);
  }

  /**
   * Sets right what is wrong among the rows with the collected keys. Where a row was changed since
   * the statement began, the database looks at its new version: what it is compared with stays
   * right, since nobody else can write these keys meanwhile.
   */
  private Sql setRight(DeriveGuard.Source source, Sql further) {
    int width = source.by().size();
    return PostgresGuards.plannedAnew(
        Sql.of(
            """
        UPDATE {} SET {}
        FROM (
          SELECT {}, {}
          FROM {}
          LEFT JOIN (
            SELECT {}, {}
            FROM {}
            WHERE {}
            GROUP BY {}) AS s
          ON {}) AS plumb_right
        WHERE {} AND ({}){}{}""",
            guard.target(),
            set(),
            PostgresGuards.numbered(width, "k.plumb_key%d"),
            Sql.join(", ", rights()),
            PostgresGuards.keys(width),
            numberedAs(source.by(), "plumb_by"),
            numberedAs(
                guard.derived().stream().map(DeriveGuard.Derived::expression).toList(),
                "plumb_value"),
            source.from(),
            PostgresGuards.amongKeys(source.by()),
            Sql.join(", ", source.by()),
            PostgresGuards.numbered(width, "s.plumb_by%1$d = k.plumb_key%1$d", " AND "),
            Sql.join(
                " AND ",
                IntStream.range(0, width)
                    .mapToObj(
                        i ->
                            Sql.of(
                                "{} = plumb_right.plumb_key{}",
                                own(source.equals().get(i).name()),
                                i + 1))
                    .toList()),
            differs(),
            meant(),
            further),
        0,
        width);
  }

  private List<Sql> rights() {
    List<Sql> rights = new ArrayList<>();
    for (DeriveGuard.Derived d : guard.derived()) {
      int n = rights.size() + 1;
      Sql empty =
          d.empty()
              .orElseGet(
                  () ->
                      Sql.of(
                          "(SELECT {} FROM {} WHERE FALSE)",
                          d.expression(),
                          guard.source().orElseThrow().from()));
      rights.add(
          Sql.of(
              "{} AS plumb_right{}",
              dialect.stored(
                  Sql.of(
                      "CASE WHEN s.plumb_by1 IS NULL THEN {} ELSE s.plumb_value{} END", empty, n),
                  d.column().type()),
              n));
    }
    return rights;
  }

  private String set() {
    return String.join(
        ", ",
        IntStream.range(0, guard.derived().size())
            .mapToObj(
                i ->
                    "%s = plumb_right.plumb_right%d"
                        .formatted(dialect.quote(guard.derived().get(i).column().name()), i + 1))
            .toList());
  }

  private Sql differs() {
    List<Sql> differ = new ArrayList<>();
    for (DeriveGuard.Derived d : guard.derived()) {
      differ.add(
          d.column()
              .differ(
                  own(d.column().name()), Sql.of("plumb_right.plumb_right{}", differ.size() + 1)));
    }
    return Sql.join(" OR ", differ);
  }

  private Sql meant() {
    return guard.where().map(w -> Sql.of(" AND ({})", w)).orElse(Sql.empty());
  }

  private List<Sql> own(List<GuardColumn> columns) {
    return columns.stream().map(c -> own(c.name())).toList();
  }

  private Sql own(String column) {
    return Sql.of("{}.{}", guard.target(), dialect.quote(column));
  }

  private static Sql numberedAs(List<Sql> expressions, String name) {
    List<Sql> items = new ArrayList<>();
    for (Sql expression : expressions) {
      items.add(Sql.of("{} AS {}{}", expression, name, items.size() + 1));
    }
    return Sql.join(", ", items);
  }
}

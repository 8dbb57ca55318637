package dev.plumbline.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A guard for {@code every … has …} in PostgreSQL.
 *
 * <p>On the query's tables, after each statement: the keys that the rows written ask for take their
 * turns; then missing matches are inserted and those that are not as they must be updated, as the
 * repair would do it. On the target, at the transaction's end, for each row that was deleted,
 * changed, or inserted other than it must be: its key takes its turn, and what the query still asks
 * for is made again. At the end, so that a cascade or an application may take away the match first
 * and what asks for it after.
 */
final class PostgresEveryGuard {
  private final Dialect dialect;
  private final EveryGuard guard;
  private final PostgresGuards parts;

  private PostgresEveryGuard(
      Dialect dialect, GuardNames names, String searchPath, EveryGuard guard) {
    this.dialect = dialect;
    this.guard = guard;
    this.parts = new PostgresGuards(dialect, names, searchPath);
  }

  static GuardSql of(Dialect dialect, GuardNames names, String searchPath, EveryGuard guard) {
    PostgresEveryGuard made = new PostgresEveryGuard(dialect, names, searchPath, guard);
    made.make();
    return made.parts.made();
  }

  private void make() {
    parts.turns();
    List<String> variables =
        Stream.concat(
                PostgresGuards.keyVariables(guard.types()).stream(),
                Stream.of(PostgresGuards.TURNS_VARIABLE))
            .toList();
    for (int i = 0; i < guard.sources().size(); i++) {
      parts.function("source" + (i + 1), variables, sourceBody(guard.sources().get(i)));
    }
    parts.function(
        "target",
        Stream.concat(
                PostgresGuards.keyVariables(guard.match().stream().map(GuardColumn::type).toList())
                    .stream(),
                Stream.of(PostgresGuards.TURNS_VARIABLE))
            .toList(),
        targetBody());
    parts.function("emptied", List.of(), emptiedBody());
    for (int i = 0; i < guard.sources().size(); i++) {
      EveryGuard.Source source = guard.sources().get(i);
      if (source.inserts()) {
        parts.afterStatement("source" + (i + 1), source.table(), "INSERT");
      }
      parts.afterStatement("source" + (i + 1), source.table(), "UPDATE");
    }
    parts.atCommit("target", guard.target(), "DELETE", "");
    parts.atCommit("target", guard.target(), "UPDATE", changedInRow());
    if (guard.with() > 0) {
      parts.atCommit("target", guard.target(), "INSERT", inactiveInRow());
    }
    parts.afterStatement("emptied", guard.target(), "TRUNCATE");
  }

  // --- the query's tables ----------------------------------------------------------------------

  private Sql sourceBody(EveryGuard.Source source) {
    int width = guard.key().size();
    Sql updated =
        source.inserts()
            ? Sql.of(
                """
                IF TG_OP = 'INSERT' THEN
                  {}
                ELSE
                  {}
                END IF;""",
                PostgresGuards.collectKeys(keys(source, Sql.of("plumb_new")), width).indented(2),
                PostgresGuards.collectChangedKeys(keys(source, changed(source)), width).indented(2))
            : PostgresGuards.collectChangedKeys(keys(source, changed(source)), width);
    return Sql.of(
        """
        {}{}{}
        IF plumb_keys1 IS NULL THEN
          RETURN NULL;
        END IF;
        {}
        {}
        RETURN NULL;""",
        PostgresGuards.standsAside(dialect, guard.target(), "NULL"),
        guard.joined() ? parts.takeFirstTurn() : Sql.empty(),
        updated,
        parts.takeTurns(guard.hashed()),
        makeRight(PostgresGuards.amongKeys(guard.key())));
  }

  private Sql changed(EveryGuard.Source source) {
    return parts.changed("plumb_new", "plumb_old", source.identity(), source.watched());
  }

  private Sql keys(EveryGuard.Source source, Sql rows) {
    return Sql.join(
        "\nUNION\n", source.rowsOf().stream().map(place -> keysOf(place.apply(rows))).toList());
  }

  private Sql keysOf(Sql query) {
    List<Sql> items = new ArrayList<>();
    for (Sql key : guard.key()) {
      items.add(Sql.of("{} AS plumb_key{}", key, items.size() + 1));
    }
    return Sql.of(
        "SELECT DISTINCT {}\nFROM {} WHERE {}", Sql.join(", ", items), query, guard.where());
  }

  // --- the target ------------------------------------------------------------------------------

  /** One row at a time: the transaction's end gives no more. */
  private Sql targetBody() {
    String keys =
        IntStream.range(0, guard.match().size())
            .mapToObj(
                i ->
                    "plumb_keys%d := ARRAY[{OLD}.%2$s, {NEW}.%2$s];"
                        .formatted(i + 1, dialect.quote(guard.match().get(i).name())))
            .collect(Collectors.joining("\n"));
    return Sql.of(
        """
        {}IF TG_OP = 'INSERT' THEN
          {}
        ELSIF TG_OP = 'DELETE' THEN
          {}
        ELSE
          {}
        END IF;
        {}
        {}
        RETURN NULL;""",
        PostgresGuards.standsAside(dialect, guard.target(), "NULL"),
        lines(keys.replace("{OLD}", "NEW").replace("{NEW}", "NEW")),
        lines(keys.replace("{OLD}", "OLD").replace("{NEW}", "OLD")),
        lines(keys.replace("{OLD}", "OLD").replace("{NEW}", "NEW")),
        parts.takeTurns(guard.hashed()),
        makeRight(PostgresGuards.amongKeys(guard.key())));
  }

  private static Sql lines(String statements) {
    return Sql.join("\n", List.of(statements.split("\n"))).indented(2);
  }

  /** A row that is as it must be leaves its key's turn to others. */
  private String inactiveInRow() {
    return guard.sets().stream()
        .limit(guard.with())
        .map(
            set ->
                set.literal()
                    ? set.column()
                        .differ(Sql.of("NEW.{}", dialect.quote(set.column().name())), set.value())
                        .toString()
                    : "TRUE")
        .collect(Collectors.joining(" OR "));
  }

  private String changedInRow() {
    return Stream.concat(
            guard.match().stream(),
            guard.sets().stream().limit(guard.with()).map(EveryGuard.Setting::column))
        .map(
            c ->
                c.differ(
                        Sql.of("OLD.{}", dialect.quote(c.name())),
                        Sql.of("NEW.{}", dialect.quote(c.name())))
                    .toString())
        .collect(Collectors.joining(" OR "));
  }

  private Sql emptiedBody() {
    return Sql.of(
        """
        {}{}
        {}
        RETURN NULL;""",
        PostgresGuards.standsAside(dialect, guard.target(), "NULL"),
        parts.takeAllTurns(),
        insertMissing(Sql.of("TRUE")));
  }

  // --- setting right ---------------------------------------------------------------------------

  private Sql makeRight(Sql which) {
    return guard.with() == 0
        ? insertMissing(which)
        : Sql.of("{}\n{}", insertMissing(which), activate(which));
  }

  /** What the query asks for, one row for each key. */
  private Sql wanted(Sql which) {
    List<Sql> items = new ArrayList<>();
    for (Sql key : guard.key()) {
      items.add(Sql.of("{} AS plumb_key{}", key, items.size() + 1));
    }
    int n = 0;
    for (EveryGuard.Setting set : guard.sets()) {
      items.add(Sql.of("{} AS plumb_set{}", set.value(), ++n));
    }
    String keys = PostgresGuards.numbered(guard.key().size(), "%d");
    return Sql.of(
        "SELECT DISTINCT ON ({}) {}\nFROM {}\nWHERE {} AND {}\nORDER BY {}",
        Sql.join(", ", guard.key()),
        Sql.join(", ", items),
        guard.query(),
        guard.where(),
        which,
        keys);
  }

  private Sql insertMissing(Sql which) {
    List<String> columns =
        Stream.concat(
                guard.match().stream().map(GuardColumn::name),
                guard.sets().stream().map(s -> s.column().name()))
            .map(dialect::quote)
            .toList();
    return Sql.of(
        """
        INSERT INTO {} ({})
        SELECT {}
        FROM (
          {}) AS w
        WHERE {}
          AND NOT EXISTS (SELECT 1 FROM {} AS t WHERE {})
        ON CONFLICT ({}) DO NOTHING;""",
        guard.target(),
        String.join(", ", columns),
        values(),
        wanted(which).indented(2),
        PostgresGuards.numbered(guard.key().size(), "w.plumb_key%d IS NOT NULL", " AND "),
        guard.target(),
        matches("t"),
        guard.match().stream().map(c -> dialect.quote(c.name())).collect(Collectors.joining(", ")));
  }

  private String values() {
    return Stream.concat(
            IntStream.rangeClosed(1, guard.key().size()).mapToObj(i -> "w.plumb_key" + i),
            IntStream.rangeClosed(1, guard.sets().size()).mapToObj(i -> "w.plumb_set" + i))
        .collect(Collectors.joining(", "));
  }

  private Sql activate(Sql which) {
    List<Sql> differ = new ArrayList<>();
    List<String> set = new ArrayList<>();
    for (int i = 0; i < guard.with(); i++) {
      GuardColumn column = guard.sets().get(i).column();
      set.add("%s = w.plumb_set%d".formatted(dialect.quote(column.name()), i + 1));
      differ.add(
          column.differ(
              Sql.of("t.{}", dialect.quote(column.name())), Sql.of("w.plumb_set{}", i + 1)));
    }
    return Sql.of(
        """
        UPDATE {} AS t SET {}
        FROM (
          {}) AS w
        WHERE {} AND ({});""",
        guard.target(),
        String.join(", ", set),
        wanted(which).indented(2),
        matches("t"),
        Sql.join(" OR ", differ));
  }

  private String matches(String target) {
    return IntStream.range(0, guard.key().size())
        .mapToObj(
            i ->
                "%s.%s = w.plumb_key%d"
                    .formatted(target, dialect.quote(guard.match().get(i).name()), i + 1))
        .collect(Collectors.joining(" AND "));
  }
}

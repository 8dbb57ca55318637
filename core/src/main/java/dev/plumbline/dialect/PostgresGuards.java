package dev.plumbline.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What all guards in PostgreSQL are made of: functions, triggers, and the turns that writers of the
 * same key take.
 *
 * <p>A turn is a row that each writer of a key updates before it looks at the other side. Two
 * writers of one key thus come one after the other, although neither may see the other's rows yet
 * (a parent and its child, inserted at the same time, see nothing of each other). Under READ
 * COMMITTED the second one looks in a fresh statement afterwards; under REPEATABLE READ its
 * snapshot is older than what it waited for, and the update of the turn fails with 40001 (<a
 * href="https://www.postgresql.org/docs/current/transaction-iso.html#XACT-REPEATABLE-READ">Repeatable
 * Read</a>). An advisory lock would only wait, and a count from the old snapshot would be written.
 * A transaction that has the turn already does not write it again, so that a load of many
 * statements leaves one dead row for each turn and not for each statement.
 */
final class PostgresGuards {
  /** How many keys can be written at the same time without waiting for each other by chance. */
  static final int TURNS = 1024;

  private static final Pattern KEYS = Pattern.compile("plumb_keys(\\d+)");

  private final Dialect dialect;
  private final GuardNames names;
  private final String searchPath;
  private final List<String> statements = new ArrayList<>();
  private final List<GuardSql.Made> objects = new ArrayList<>();

  /**
   * @param searchPath where the functions look up what is not qualified, as SET takes it
   */
  PostgresGuards(Dialect dialect, GuardNames names, String searchPath) {
    this.dialect = dialect;
    this.names = names;
    this.searchPath = searchPath;
  }

  /** An object as the server prints it, and whether it is enabled. */
  static Sql live(Dialect dialect, GuardSql.Made made) {
    return switch (made.sort()) {
      case FUNCTION ->
          Sql.of(
              """
              SELECT pg_get_functiondef(p.oid), true
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
              WHERE n.nspname = 'plumb' AND p.proname = {} AND p.pronargs = 0""",
              Sql.value(made.name()));
      case TRIGGER ->
          Sql.of(
              """
              SELECT pg_get_triggerdef(oid), tgenabled IN ('O', 'A')
              FROM pg_trigger WHERE tgname = {} AND tgrelid = to_regclass({})""",
              Sql.value(made.name()),
              Sql.value(made.on()));
      case TABLE ->
          Sql.of(
              """
              SELECT CAST(count(*) AS text), true
              FROM pg_attribute
              WHERE attrelid = to_regclass({}) AND attnum > 0 AND NOT attisdropped
              HAVING count(*) > 0""",
              Sql.value(dialect.journalTable(made.name())));
      case COLUMN ->
          Sql.of(
              """
              SELECT format_type(atttypid, atttypmod), true
              FROM pg_attribute
              WHERE attrelid = to_regclass({}) AND attname = {} AND attnum > 0
                AND NOT attisdropped""",
              Sql.value(made.on()),
              Sql.value(made.name()));
    };
  }

  /**
   * The triggers that call the functions among these objects, whatever table they are on by now: a
   * trigger goes with its table when that is renamed, and no function can be dropped before it.
   */
  static Sql triggers(List<GuardSql.Made> objects) {
    List<Sql> functions =
        objects.stream()
            .filter(made -> made.sort() == GuardSql.Sort.FUNCTION)
            .map(made -> Sql.value(made.name()))
            .toList();
    return Sql.of(
        """
        SELECT g.tgname,
               '"' || replace(s.nspname, '"', '""') || '"."' || replace(c.relname, '"', '""') || '"'
        FROM pg_trigger g
        JOIN pg_class c ON c.oid = g.tgrelid
        JOIN pg_namespace s ON s.oid = c.relnamespace
        JOIN pg_proc p ON p.oid = g.tgfoid
        JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'plumb' AND p.pronargs = 0 AND g.tgparentid = 0
          AND p.proname IN ({})
        ORDER BY g.oid""",
        functions.isEmpty() ? Sql.of("NULL") : Sql.join(", ", functions));
  }

  static List<String> drop(Dialect dialect, List<GuardSql.Made> objects) {
    return objects.reversed().stream()
        .filter(made -> made.sort() != GuardSql.Sort.COLUMN)
        .map(
            made ->
                switch (made.sort()) {
                  case TRIGGER ->
                      "DROP TRIGGER IF EXISTS " + dialect.quote(made.name()) + " ON " + made.on();
                  case FUNCTION ->
                      "DROP FUNCTION IF EXISTS " + dialect.journalTable(made.name()) + "()";
                  case TABLE -> "DROP TABLE IF EXISTS " + dialect.journalTable(made.name());
                  case COLUMN -> throw new IllegalArgumentException("not the guard's: " + made);
                })
        .toList();
  }

  GuardSql made() {
    return new GuardSql(statements, objects);
  }

  // --- objects --------------------------------------------------------------------------------

  /** Pages are kept mostly empty, so that an updated turn stays on its page (HOT). */
  void turns() {
    String table = names.object("turns");
    objects.add(new GuardSql.Made(GuardSql.Sort.TABLE, table, ""));
    statements.add(
        """
        CREATE TABLE %s (
          turn integer PRIMARY KEY,
          holder xid8
        ) WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)"""
            .formatted(turnsTable()));
    statements.add(
        "INSERT INTO %s (turn) SELECT generate_series(0, %d)".formatted(turnsTable(), TURNS - 1));
  }

  private String turnsTable() {
    return dialect.journalTable(names.object("turns"));
  }

  /**
   * A trigger function. It has its owner's rights, as writers need none on the other table or on
   * the turns; so its search path is fixed, and nobody else may put it into a trigger.
   */
  void function(String role, List<String> variables, Sql body) {
    String name = names.object(role);
    String qualified = dialect.journalTable(name);
    String text = "  " + body.indented(2);
    String quote = delimiter("$plumb$", text);
    objects.add(new GuardSql.Made(GuardSql.Sort.FUNCTION, name, ""));
    statements.add(
        """
        CREATE FUNCTION %s() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = %s
        SET row_security = off
        AS %s
        #variable_conflict use_column
        %sBEGIN
        %s
        END
        %s"""
            .formatted(
                qualified, searchPath, quote, declare(variables), text.stripTrailing(), quote));
    statements.add("REVOKE ALL ON FUNCTION %s() FROM PUBLIC".formatted(qualified));
  }

  private static String declare(List<String> variables) {
    return variables.isEmpty()
        ? ""
        : "DECLARE\n" + variables.stream().map(v -> "  " + v + ";\n").collect(Collectors.joining());
  }

  private static String delimiter(String first, String text) {
    String quote = first;
    for (int i = 1; text.contains(quote); i++) {
      quote = first.substring(0, first.length() - 1) + i + "$";
    }
    return quote;
  }

  /** A trigger that runs once after a statement and sees all of its rows. */
  void afterStatement(String function, String table, String event) {
    String name = names.trigger(function + "_" + event.toLowerCase(Locale.ROOT));
    String rows =
        switch (event) {
          case "INSERT" -> "\nREFERENCING NEW TABLE AS plumb_new";
          case "UPDATE" -> "\nREFERENCING OLD TABLE AS plumb_old NEW TABLE AS plumb_new";
          case "DELETE" -> "\nREFERENCING OLD TABLE AS plumb_old";
          case "TRUNCATE" -> "";
          default -> throw new IllegalArgumentException(event);
        };
    trigger(name, "AFTER " + event, table, rows + "\nFOR EACH STATEMENT", function);
  }

  /** A trigger that may change each row before it is written; after those of the user. */
  void beforeRow(String function, String table, String events) {
    trigger(names.lastTrigger(function), "BEFORE " + events, table, "\nFOR EACH ROW", function);
  }

  /** A trigger for each row, at the transaction's end. */
  void atCommit(String function, String table, String event, String when) {
    objects.add(
        new GuardSql.Made(
            GuardSql.Sort.TRIGGER,
            names.trigger(function + "_" + event.toLowerCase(Locale.ROOT)),
            table));
    statements.add(
        """
        CREATE CONSTRAINT TRIGGER %s
        AFTER %s ON %s
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW%s
        EXECUTE FUNCTION %s()"""
            .formatted(
                dialect.quote(names.trigger(function + "_" + event.toLowerCase(Locale.ROOT))),
                event,
                table,
                when.isEmpty() ? "" : " WHEN (" + when + ")",
                dialect.journalTable(names.object(function))));
  }

  private void trigger(String name, String when, String table, String how, String function) {
    objects.add(new GuardSql.Made(GuardSql.Sort.TRIGGER, name, table));
    statements.add(
        """
        CREATE TRIGGER %s
        %s ON %s%s
        EXECUTE FUNCTION %s()"""
            .formatted(
                dialect.quote(name),
                when,
                table,
                how,
                dialect.journalTable(names.object(function))));
  }

  // --- parts of functions ---------------------------------------------------------------------

  /**
   * Plumbline's own rollback restores what was there in a table, right or not. Where it restores
   * only the source, the target follows as ever.
   */
  static Sql standsAside(Dialect dialect, String target, String returned) {
    return Sql.of(
        """
        IF strpos(current_setting('plumb.guards_aside', true), {}) > 0 THEN
          RETURN {};
        END IF;
        """,
        dialect.literal(between(target)),
        returned);
  }

  /** What {@link #standsAside} looks for, until the transaction ends. */
  static Sql standAside(Dialect dialect, List<String> targets) {
    return Sql.of(
        "SELECT set_config('plumb.guards_aside', {}, true)",
        dialect.literal(
            targets.stream().map(PostgresGuards::between).collect(Collectors.joining())));
  }

  private static String between(String table) {
    return "|" + table + "|";
  }

  /** The keys of some rows, without those that are NULL in part, as arrays side by side. */
  static Sql collectKeys(Sql rows, int columns) {
    return Sql.of("{};", collectKeys(rows, columns, " INTO " + numbered(columns, "plumb_keys%d")));
  }

  /** The same of rows that are joined with others of the statement. */
  static Sql collectChangedKeys(Sql rows, int columns) {
    return plannedAnew(collectKeys(rows, columns, ""), columns, 0);
  }

  private static Sql collectKeys(Sql rows, int columns, String into) {
    return Sql.of(
        """
        SELECT {}{}
        FROM (
          {}) AS plumb_k
        WHERE {}""",
        numbered(columns, "array_agg(plumb_k.plumb_key%d)"),
        into,
        rows.indented(2),
        numbered(columns, "plumb_k.plumb_key%d IS NOT NULL", " AND "));
  }

  /**
   * A statement that is planned anew each time, for the number of rows and keys at hand. The plan
   * of a function's own statement is kept as it was made for the session's first write, and a plan
   * for one row takes hours for a hundred thousand (<a
   * href="https://www.postgresql.org/docs/current/plpgsql-implementation.html#PLPGSQL-PLAN-CACHING">plan
   * caching</a>).
   */
  static Sql plannedAnew(Sql statement, int into, int keys) {
    String quote = delimiter("$plan$", statement.toString());
    return Sql.of(
        "EXECUTE {}\n  {}{}{}{};",
        quote,
        statement.renamed(KEYS, "\\$$1").indented(2),
        quote,
        into == 0 ? "" : " INTO " + numbered(into, "plumb_keys%d"),
        keys == 0 ? "" : " USING " + numbered(keys, "plumb_keys%d"));
  }

  static List<String> keyVariables(List<String> types) {
    return IntStream.range(0, types.size())
        .mapToObj(i -> "plumb_keys%d %s[]".formatted(i + 1, types.get(i)))
        .toList();
  }

  /** The collected keys as a relation {@code k}. */
  static String keys(int columns) {
    return "unnest(%s) AS k (%s)"
        .formatted(numbered(columns, "plumb_keys%d"), numbered(columns, "plumb_key%d"));
  }

  /** Whether a key is among those collected: each column by itself too, for the sake of indexes. */
  static Sql amongKeys(List<Sql> key) {
    List<Sql> conditions = new ArrayList<>();
    for (Sql column : key) {
      conditions.add(Sql.of("{} = ANY ({})", column, "plumb_keys" + (conditions.size() + 1)));
    }
    if (key.size() > 1) {
      conditions.add(
          Sql.of(
              "({}) IN (SELECT * FROM unnest({}))",
              Sql.join(", ", key),
              numbered(key.size(), "plumb_keys%d")));
    }
    return Sql.join(" AND ", conditions);
  }

  static final String TURNS_VARIABLE = "plumb_turns integer[]";

  /** Takes the turns of the collected keys. */
  Sql takeTurns(List<Boolean> hashed) {
    return Sql.of(
        """
        -- Writers of one key take turns. In order, so that two statements do not wait for each other.
        plumb_turns := ARRAY(
          SELECT DISTINCT {}
          FROM {});
        {}""",
        turn(hashed),
        keys(hashed.size()),
        take("turn = ANY (plumb_turns) AND "));
  }

  /**
   * Takes the one turn of all writers of tables that are joined: a row of one and a row of another,
   * written at the same time, make a key that neither writer could have known.
   */
  Sql takeFirstTurn() {
    return Sql.of(
        """
        -- Writers of joined tables take turns: what their new rows make together neither could see.
        UPDATE {} SET holder = pg_current_xact_id()
        WHERE turn = 0 AND holder IS DISTINCT FROM pg_current_xact_id();
        """,
        turnsTable());
  }

  /** Takes all turns: no writer of any key may be at work. */
  Sql takeAllTurns() {
    return take("");
  }

  private Sql take(String which) {
    return Sql.of(
        """
        PERFORM 1 FROM {}
        WHERE {}holder IS DISTINCT FROM pg_current_xact_id()
        ORDER BY turn FOR NO KEY UPDATE;
        UPDATE {} SET holder = pg_current_xact_id()
        WHERE {}holder IS DISTINCT FROM pg_current_xact_id();""",
        turnsTable(),
        which,
        turnsTable(),
        which);
  }

  /**
   * The number of a key's turn. Only columns whose equal values have equal texts count; where there
   * is none, all keys share one turn.
   */
  private static String turn(List<Boolean> hashed) {
    List<String> hashes = new ArrayList<>();
    for (int i = 0; i < hashed.size(); i++) {
      if (hashed.get(i)) {
        hashes.add(
            "hashtextextended(CAST(k.plumb_key%d AS text) COLLATE \"C\", %d)".formatted(i + 1, i));
      }
    }
    return hashes.isEmpty()
        ? "0"
        : "CAST((%s) & %d AS integer)".formatted(String.join(" # ", hashes), TURNS - 1);
  }

  /**
   * The rows of a statement that it changed in columns that matter, as they are now or were.
   *
   * @param key the table's key; empty: every row counts as changed
   */
  Sql changed(String side, String other, List<String> key, List<GuardColumn> columns) {
    if (key.isEmpty()) {
      return Sql.of("{}", side);
    }
    List<Sql> same = new ArrayList<>();
    for (String name : key) {
      same.add(Sql.of("o.{} = n.{}", dialect.quote(name), dialect.quote(name)));
    }
    for (GuardColumn column : columns) {
      if (!key.contains(column.name())) {
        same.add(
            Sql.of(
                "NOT ({})",
                column.differ(
                    Sql.of("o.{}", dialect.quote(column.name())),
                    Sql.of("n.{}", dialect.quote(column.name())))));
      }
    }
    return Sql.of(
        """
        (
            SELECT n.* FROM {} AS n
            WHERE NOT EXISTS (
              SELECT 1 FROM {} AS o
              WHERE {}))""",
        side,
        other,
        Sql.join(" AND ", same));
  }

  static String numbered(int count, String pattern) {
    return numbered(count, pattern, ", ");
  }

  static String numbered(int count, String pattern, String separator) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> pattern.formatted(i))
        .collect(Collectors.joining(separator));
  }
}

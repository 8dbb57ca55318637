package dev.plumbline.dialect;

import dev.plumbline.error.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** PostgreSQL 14 and newer. */
public final class PostgresDialect implements Dialect {

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public String literal(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.contains("\\") ? " E" + quoted.replace("\\", "\\\\") : quoted;
  }

  @Override
  public String escapeOperators(Fragment fragment) {
    return SqlScan.of(fragment.text()).withDoubledQuestionMarks();
  }

  /**
   * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error
   *     codes</a>
   */
  @Override
  public FailureKind failureKind(String state, int vendorCode, boolean running) {
    return switch (state) {
      case "40001", "40P01", "55P03" -> FailureKind.CONTENTION;
      case "57014", "25P03", "25P04" -> FailureKind.TIMEOUT;
      case "42501" -> FailureKind.PERMISSION;
      // A write in a read-only transaction, or the wish to make it a writing one: the user's SQL
      // tried what an audit must not do.
      case "25006", "25001" -> FailureKind.DEFINITION;
      default ->
          switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" -> FailureKind.CONNECTION;
            case "57", "58" -> FailureKind.CONNECTION;
            case "28" -> FailureKind.PERMISSION;
            case "22", "23", "44", "P0", "09", "27" -> FailureKind.DATA;
            case "42", "0A", "3D", "3F", "2F", "39", "21" -> FailureKind.DEFINITION;
            case "53", "54" -> FailureKind.RESOURCES;
            default -> FailureKind.OTHER;
          };
    };
  }

  /**
   * The statement timeout ends what runs too long; the idle timeout ends a transaction whose
   * process hangs; the connection check ends a statement whose client was killed, so that its locks
   * go. The time zone would else be that of the machine on which Plumbline runs: the same time
   * would have another text, and the same invariant another meaning, from machine to machine.
   */
  @Override
  public List<Sql> limits(Duration lock, Duration statement) {
    return List.of(
        Sql.of(
            """
            SELECT set_config('lock_timeout', '{}', false),
                   set_config('statement_timeout', '{}', false),
                   set_config('idle_in_transaction_session_timeout', '60000', false),
                   set_config('client_connection_check_interval', '500', false),
                   set_config('default_transaction_isolation', 'read committed', false),
                   set_config('row_security', 'off', false),
                   set_config('TimeZone', 'UTC', false),
                   set_config('DateStyle', 'ISO, YMD', false),
                   set_config('IntervalStyle', 'postgres', false),
                   set_config('extra_float_digits', '1', false)""",
            lock.toMillis(),
            statement.toMillis()));
  }

  @Override
  public List<Sql> readOnly() {
    return List.of(
        Sql.of(
            "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ"
                + " ONLY"));
  }

  /**
   * A replica that is behind, or connections that run out. The lag is that of applied writes and
   * NULL when a replica has caught up and nothing is written; what another role's sessions do is
   * visible to members of pg_monitor only (see <a
   * href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW">
   * pg_stat_replication</a>).
   */
  @Override
  public Optional<Sql> trouble() {
    return Optional.of(
        Sql.of(
            """
            SELECT 'replica ' || application_name || ' is '
              || CAST(round(extract(epoch FROM replay_lag)) AS text) || ' s behind'
            FROM pg_stat_replication WHERE replay_lag > interval '10 seconds'
            UNION ALL
            SELECT CAST(count(*) AS text) || ' of ' || current_setting('max_connections')
              || ' connections are in use'
            FROM pg_stat_activity WHERE backend_type = 'client backend'
            HAVING count(*) >= 0.95 * CAST(current_setting('max_connections') AS integer)
            LIMIT 1"""));
  }

  @Override
  public Optional<Sql> begin(boolean writing) {
    return Optional.empty();
  }

  @Override
  public Sql keyText(Sql expression) {
    return Sql.of("CAST({} AS text)", expression);
  }

  @Override
  public Sql keyParameter(String text, String type) {
    return Sql.of("CAST(CAST({} AS text) AS {})", Sql.value(text), type);
  }

  /** Not json_build_array, which writes a blank after each comma: Key.toJson must equal it. */
  @Override
  public Sql keyJson(List<Sql> expressions) {
    return Sql.of(
        "('[' || {} || ']')",
        Sql.join(
            " || ',' || ",
            expressions.stream().map(e -> Sql.of("to_json({})", keyText(e))).toList()));
  }

  /**
   * Arrays, since the planner then knows how many keys there are and looks each up by index; of
   * texts, since unnest would take an array of arrays apart altogether.
   */
  @Override
  public Sql keyIn(List<Sql> expressions, List<String> types, List<Key> keys) {
    List<Sql> arrays = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      int column = i;
      String texts = arrayLiteral(keys.stream().map(k -> k.values().get(column)).toList());
      arrays.add(Sql.of("CAST(CAST({} AS text) AS text[])", Sql.value(texts)));
      values.add("CAST(plumb_keys.k" + (i + 1) + " AS " + types.get(i) + ")");
    }
    return Sql.of(
        "({}) IN (SELECT {} FROM unnest({}) AS plumb_keys ({}))",
        Sql.join(", ", expressions),
        String.join(", ", values),
        Sql.join(", ", arrays),
        IntStream.rangeClosed(1, types.size())
            .mapToObj(i -> "k" + i)
            .collect(Collectors.joining(", ")));
  }

  private static String arrayLiteral(List<String> values) {
    return values.stream()
        .map(v -> '"' + v.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public Sql stored(Sql expression, String type) {
    return Sql.of("CAST({} AS {})", expression, type);
  }

  @Override
  public Sql byBytes(Sql expression) {
    return Sql.of("({}) COLLATE \"C\"", expression);
  }

  @Override
  public Sql text(Sql expression) {
    return Sql.of("CAST({} AS text)", expression);
  }

  @Override
  public Sql recent(Sql expression) {
    return Sql.of("(({}) > now() - interval '24 hours' AND ({}) <= now())", expression, expression);
  }

  @Override
  public Sql now() {
    return Sql.of(
        "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
  }

  /** A subquery with an OFFSET is planned by itself. */
  @Override
  public Sql wholly(Sql query) {
    return Sql.of("{}\nOFFSET 0", query);
  }

  @Override
  public boolean writesAlone() {
    return false;
  }

  @Override
  public Optional<Sql> lockRows(String table, List<String> key, Sql where) {
    return Optional.of(
        Sql.of(
            """
            SELECT count(*) FROM (
              SELECT 1 FROM {} WHERE {} ORDER BY {} FOR NO KEY UPDATE) AS plumb_locked""",
            table,
            where,
            names(key)));
  }

  @Override
  public Optional<Sql> lockRowsToDelete(String table, List<String> key, Sql where) {
    return Optional.of(
        Sql.of(
            """
            SELECT count(*) FROM (
              SELECT 1 FROM {} WHERE {} ORDER BY {} FOR UPDATE) AS plumb_locked""",
            table,
            where,
            names(key)));
  }

  @Override
  public Optional<Sql> lockTable(String table) {
    return Optional.of(Sql.of("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", table));
  }

  /**
   * A temporary table shadows a table of the same name; it is made anew in each transaction, so
   * that a connection pooler may hand out another server session in between.
   */
  @Override
  public List<Sql> freeze(Sql violations) {
    return List.of(
        Sql.of("DROP TABLE IF EXISTS pg_temp.violation"),
        Sql.of("CREATE TEMPORARY TABLE violation ON COMMIT DROP AS {}", violations),
        Sql.of("ANALYZE pg_temp.violation"));
  }

  @Override
  public List<Sql> thaw() {
    return List.of();
  }

  @Override
  public List<Sql> insertRows(
      String table, List<String> columns, Sql select, List<String> conflict, ImageTable images) {
    return List.of(
        inserting(
            table,
            columns,
            "",
            select,
            conflict.isEmpty() ? "" : "ON CONFLICT (" + names(conflict) + ") DO NOTHING",
            images));
  }

  @Override
  public List<Sql> insertBack(String table, List<String> columns, Sql select, ImageTable images) {
    return List.of(inserting(table, columns, " OVERRIDING SYSTEM VALUE", select, "", images));
  }

  private Sql inserting(
      String table,
      List<String> columns,
      String overriding,
      Sql select,
      String conflict,
      ImageTable images) {
    return Sql.of(
        """
        WITH plumb_new AS (
          INSERT INTO {} ({}){}
          {}
          {} RETURNING *),
        plumb_kept AS (
          INSERT INTO {} (batch, {}, {})
          SELECT {}, {}, {} FROM plumb_new
          RETURNING 1)
        SELECT (SELECT count(*) FROM plumb_new), (SELECT count(*) FROM plumb_kept)""",
        table,
        names(columns),
        overriding,
        select,
        conflict,
        images.sql(),
        numbered("k", images.key()),
        numbered("a", images.columns()),
        images.batch(),
        names(images.key()),
        names(images.columns()));
  }

  @Override
  public List<Sql> updateRows(
      String table, List<String> columns, List<Sql> set, Sql where, ImageTable images) {
    return List.of(
        Sql.of(
            """
            WITH plumb_before AS (
              SELECT {} FROM {} WHERE {}),
            plumb_after AS (
              UPDATE {} SET {} WHERE {}
              RETURNING {}),
            plumb_kept AS (
              INSERT INTO {} (batch, {}, {}, {})
              SELECT {}, {}, {}, {}
              FROM plumb_before AS b JOIN plumb_after AS a ON {}
              RETURNING 1)
            SELECT (SELECT count(*) FROM plumb_after), (SELECT count(*) FROM plumb_kept)""",
            selected(images, table),
            table,
            where,
            table,
            Sql.join(
                ", ",
                IntStream.range(0, columns.size())
                    .mapToObj(i -> Sql.of("{} = {}", quote(columns.get(i)), set.get(i)))
                    .toList()),
            where,
            selected(images, table),
            images.sql(),
            numbered("k", images.key()),
            numbered("b", images.columns()),
            numbered("a", images.columns()),
            images.batch(),
            prefixed("b", "k", images.key()),
            prefixed("b", "c", images.columns()),
            prefixed("a", "c", images.columns()),
            sameKey("b", "a", images.key())));
  }

  /** The key as {@code k1}, … and the kept columns as {@code c1}, …, from the table. */
  private String selected(ImageTable images, String table) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < images.key().size(); i++) {
      items.add(table + "." + quote(images.key().get(i)) + " AS k" + (i + 1));
    }
    for (int i = 0; i < images.columns().size(); i++) {
      items.add(table + "." + quote(images.columns().get(i)) + " AS c" + (i + 1));
    }
    return String.join(", ", items);
  }

  private static String prefixed(String alias, String letter, List<String> columns) {
    return IntStream.rangeClosed(1, columns.size())
        .mapToObj(i -> alias + "." + letter + i)
        .collect(Collectors.joining(", "));
  }

  private static String sameKey(String left, String right, List<String> key) {
    return IntStream.rangeClosed(1, key.size())
        .mapToObj(i -> left + ".k" + i + " = " + right + ".k" + i)
        .collect(Collectors.joining(" AND "));
  }

  /** A row's place: if somebody has changed the row since, it is at another one. */
  @Override
  public List<Sql> rowAddress(String table) {
    return List.of(
        Sql.of("{}.tableoid AS plumb_table", table), Sql.of("{}.ctid AS plumb_row", table));
  }

  @Override
  public List<Sql> updateFrom(
      String table, Sql violations, Sql among, List<String> columns, ImageTable images) {
    String set =
        columns.stream()
            .map(c -> quote(c) + " = v." + quote("right_" + c))
            .collect(Collectors.joining(", "));
    String violation = violation(columns);
    return images.columns().equals(columns)
        ? List.of(
            Sql.of(
                """
                WITH plumb_violation AS MATERIALIZED (
                  {}),
                plumb_kept AS (
                  INSERT INTO {} (batch, {}, {}, {})
                  SELECT {}, {}, {}, {} FROM plumb_violation),
                plumb_after AS (
                  UPDATE {} SET {}
                  FROM {}
                  WHERE {}.ctid = v.plumb_row AND {}.tableoid = v.plumb_table AND ({})
                  RETURNING 1)
                SELECT (SELECT count(*) FROM plumb_violation), (SELECT count(*) FROM plumb_after)""",
                violations,
                images.sql(),
                numbered("k", images.key()),
                numbered("b", columns),
                numbered("a", columns),
                images.batch(),
                names(images.key()),
                names(columns),
                names(columns.stream().map(c -> "right_" + c).toList()),
                table,
                set,
                violation,
                table,
                table,
                among))
        : List.of(
            Sql.of(
                """
                WITH plumb_violation AS MATERIALIZED (
                  {}),
                plumb_before AS (
                  SELECT {} FROM {}, {}
                  WHERE {}.ctid = v.plumb_row AND {}.tableoid = v.plumb_table AND ({})),
                plumb_after AS (
                  UPDATE {} SET {}
                  FROM {}
                  WHERE {}.ctid = v.plumb_row AND {}.tableoid = v.plumb_table AND ({})
                  RETURNING {}),
                plumb_kept AS (
                  INSERT INTO {} (batch, {}, {}, {})
                  SELECT {}, {}, {}, {}
                  FROM plumb_before AS b JOIN plumb_after AS a ON {}
                  RETURNING 1)
                SELECT (SELECT count(*) FROM plumb_violation), (SELECT count(*) FROM plumb_kept)""",
                violations,
                selected(images, table),
                table,
                violation,
                table,
                table,
                among,
                table,
                set,
                violation,
                table,
                table,
                among,
                selected(images, table),
                images.sql(),
                numbered("k", images.key()),
                numbered("b", images.columns()),
                numbered("a", images.columns()),
                images.batch(),
                prefixed("b", "k", images.key()),
                prefixed("b", "c", images.columns()),
                prefixed("a", "c", images.columns()),
                sameKey("b", "a", images.key())));
  }

  /** Without the columns that the table has too: a user's condition may name them unqualified. */
  private String violation(List<String> columns) {
    return "(SELECT plumb_table, plumb_row, "
        + names(columns.stream().map(c -> "right_" + c).toList())
        + " FROM plumb_violation) AS v";
  }

  @Override
  public List<Sql> deleteRows(String table, Sql where, ImageTable images) {
    return List.of(
        Sql.of(
            """
            WITH plumb_gone AS (
              DELETE FROM {} WHERE {} RETURNING *),
            plumb_kept AS (
              INSERT INTO {} (batch, {}, {})
              SELECT {}, {}, {} FROM plumb_gone
              RETURNING 1)
            SELECT (SELECT count(*) FROM plumb_gone), (SELECT count(*) FROM plumb_kept)""",
            table,
            where,
            images.sql(),
            numbered("k", images.key()),
            numbered("b", images.columns()),
            images.batch(),
            names(images.key()),
            names(images.columns())));
  }

  @Override
  public String journalTable(String name) {
    return "plumb." + quote(name);
  }

  @Override
  public List<Sql> journalDdl() {
    return List.of(
        Sql.of("CREATE SCHEMA IF NOT EXISTS plumb"),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.runs (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              kind text NOT NULL,
              invariant text NOT NULL,
              definition text NOT NULL,
              checksum text NOT NULL,
              scope_where text,
              scope_keys text,
              scope_limit bigint,
              strategy text NOT NULL,
              batch_size bigint,
              workers bigint NOT NULL,
              reverts bigint REFERENCES plumb.runs (id),
              state text NOT NULL,
              pass bigint NOT NULL DEFAULT 0,
              planned bigint NOT NULL,
              changed bigint NOT NULL DEFAULT 0,
              remaining bigint,
              error text,
              actor text NOT NULL,
              host text NOT NULL,
              version text NOT NULL,
              created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              started_at timestamptz,
              finished_at timestamptz,
              lease_token bigint NOT NULL DEFAULT 0,
              lease_owner text,
              lease_session text,
              lease_until timestamptz)"""),
        Sql.of(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS runs_one_active ON plumb.runs (invariant)
            WHERE state IN ('planned', 'running', 'pausing', 'paused', 'verifying', 'cancelling')"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.batches (
              run bigint NOT NULL REFERENCES plumb.runs (id),
              no bigint NOT NULL,
              pass bigint NOT NULL,
              sequence bigint,
              slice_from text NOT NULL,
              slice_to text NOT NULL,
              rows bigint NOT NULL,
              took_ms bigint NOT NULL,
              committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              PRIMARY KEY (run, no))"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.worklist (
              run bigint NOT NULL REFERENCES plumb.runs (id),
              n bigint NOT NULL,
              key text NOT NULL,
              PRIMARY KEY (run, n))"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.set_aside (
              run bigint NOT NULL REFERENCES plumb.runs (id),
              step bigint NOT NULL DEFAULT 0,
              key text NOT NULL,
              reason text NOT NULL,
              sqlstate text,
              message text NOT NULL,
              at timestamptz NOT NULL DEFAULT clock_timestamp(),
              PRIMARY KEY (run, step, key, reason))"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.images (
              run bigint NOT NULL REFERENCES plumb.runs (id),
              step bigint NOT NULL,
              change text NOT NULL,
              changed_table text NOT NULL,
              image_table text NOT NULL,
              key_columns text NOT NULL,
              key_types text NOT NULL,
              columns text NOT NULL,
              statement text NOT NULL,
              PRIMARY KEY (run, step))"""));
  }

  @Override
  public Sql journalExists() {
    return Sql.of("SELECT to_regclass('plumb.images') IS NOT NULL");
  }

  @Override
  public Sql timestamp() {
    return Sql.of("clock_timestamp()");
  }

  @Override
  public Sql timestampIn(Duration later) {
    return Sql.of("clock_timestamp() + interval '{} milliseconds'", later.toMillis());
  }

  @Override
  public Sql timestampText(String column) {
    return Sql.of("to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", column);
  }

  @Override
  public Sql sessionIdentity() {
    return Sql.of(
        """
        (SELECT pid || ' ' || extract(epoch FROM backend_start)
         FROM pg_stat_activity WHERE pid = pg_backend_pid())""");
  }

  /** Another role's session shows its pid but not its start: then only the pid tells. */
  @Override
  public Sql sessionGone(String column) {
    return Sql.of(
        """
        NOT EXISTS (
          SELECT 1 FROM pg_stat_activity
          WHERE pid = CAST(split_part({}, ' ', 1) AS integer)
            AND coalesce(CAST(extract(epoch FROM backend_start) AS text), split_part({}, ' ', 2))
              = split_part({}, ' ', 2))""",
        column,
        column,
        column);
  }

  /** Without an index, which would cost a third of the write; a rollback makes its own. */
  @Override
  public List<Sql> createImages(ImageTable images, String table, boolean before, boolean after) {
    List<String> items = new ArrayList<>();
    items.add("CAST(NULL AS bigint) AS batch");
    for (int i = 0; i < images.key().size(); i++) {
      items.add(quote(images.key().get(i)) + " AS k" + (i + 1));
    }
    for (int i = 0; i < images.columns().size() && before; i++) {
      items.add(quote(images.columns().get(i)) + " AS b" + (i + 1));
    }
    for (int i = 0; i < images.columns().size() && after; i++) {
      items.add(quote(images.columns().get(i)) + " AS a" + (i + 1));
    }
    return List.of(
        Sql.of(
            "CREATE TABLE {} AS SELECT {} FROM {} WITH NO DATA",
            images.sql(),
            String.join(", ", items),
            table));
  }

  /** Analyzed, since what the planner knows decides whether a batch is read by the index. */
  @Override
  public List<Sql> indexImages(ImageTable images, String index) {
    return List.of(
        Sql.of(
            "CREATE INDEX IF NOT EXISTS {} ON {} (batch, {})",
            quote(index),
            images.sql(),
            numbered("k", images.key())),
        Sql.of("ANALYZE {}", images.sql()));
  }

  private String names(List<String> columns) {
    return columns.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  private static String numbered(String letter, List<String> columns) {
    return IntStream.rangeClosed(1, columns.size())
        .mapToObj(i -> letter + i)
        .collect(Collectors.joining(", "));
  }
}

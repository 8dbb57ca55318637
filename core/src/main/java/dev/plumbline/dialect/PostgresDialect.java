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
  private final PostgresImages beforeImages = new PostgresImages(this);
  private final PostgresChanges changes = new PostgresChanges(this, beforeImages);
  private final PostgresTexts texts = new PostgresTexts(this);
  private final PostgresJournal journal = new PostgresJournal();

  @Override
  public String runName(long run) {
    return String.valueOf(run);
  }

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
      case "57014" -> FailureKind.TIMEOUT;
      // Idle or too long in a transaction: the server has closed the connection.
      case "25P03", "25P04" -> FailureKind.CONNECTION;
      case "42501" -> FailureKind.PERMISSION;
      // The driver has no password to give, or cannot log in as the server asks.
      case "08004" -> FailureKind.PERMISSION;
      case "25006" -> FailureKind.READ_ONLY;
      // The wish to make a reading transaction a writing one: the user's SQL tried what an audit
      // must not do.
      case "25001" -> FailureKind.DEFINITION;
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

  // --- sessions -------------------------------------------------------------------------------

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

  @Override
  public Optional<Sql> unenforcedForeignKeys() {
    return Optional.empty();
  }

  /** A search path that was given with SET LOCAL goes with it. */
  @Override
  public List<Sql> backToItself() {
    return List.of(
        Sql.of("RESET SESSION AUTHORIZATION"), Sql.of("RESET ROLE"), Sql.of("RESET search_path"));
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
  public Optional<Sql> lockHolders(String table) {
    return Optional.of(
        Sql.of(
            """
            SELECT 'process ' || a.pid
              || coalesce(' of ' || a.usename, '')
              || coalesce(' (' || nullif(a.application_name, '') || ')', '')
              || coalesce(', ' || a.state, '')
              || coalesce(', its transaction open for '
                || CAST(round(extract(epoch FROM clock_timestamp() - a.xact_start)) AS text) || ' s', '')
            FROM pg_stat_activity AS a
            WHERE a.pid <> pg_backend_pid()
              AND a.pid IN (
                SELECT l.pid FROM pg_locks AS l
                WHERE l.granted AND l.relation = to_regclass({}))
            ORDER BY a.xact_start
            LIMIT 3""",
            Sql.value(table)));
  }

  @Override
  public Optional<Sql> begin(boolean writing) {
    return Optional.empty();
  }

  // --- expressions ----------------------------------------------------------------------------

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
  public Sql bytes(String hex) {
    return Sql.of("decode(CAST({} AS text), 'hex')", Sql.value(hex));
  }

  @Override
  public Sql timeOfWriting(String type, boolean milliseconds) {
    if (type.startsWith("timestamp")) {
      return Sql.of("CAST(clock_timestamp() AS {})", type);
    }
    return Sql.of(
        milliseconds
            ? "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)"
            : "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')");
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

  // --- writing --------------------------------------------------------------------------------

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
    return changes.insert(table, columns, select, conflict, images);
  }

  @Override
  public List<Sql> insertBack(String table, List<String> columns, Sql select, ImageTable images) {
    return changes.insertBack(table, columns, select, images);
  }

  @Override
  public List<Sql> updateRows(
      String table, List<String> columns, List<Sql> set, Sql where, ImageTable images) {
    return changes.update(table, columns, set, where, images);
  }

  /** A row's place: if somebody has changed the row since, it is at another one. */
  @Override
  public List<Sql> rowAddress(String table) {
    return List.of(
        Sql.of("{}.tableoid AS plumb_table", table),
        Sql.of("{}.ctid AS plumb_row", table),
        Sql.of("{}.xmin AS plumb_version", table));
  }

  @Override
  public List<Sql> updateFrom(
      String table, Sql violations, Sql among, List<String> columns, ImageTable images) {
    return changes.updateFrom(table, violations, among, columns, images);
  }

  @Override
  public List<Sql> deleteRows(String table, Sql where, ImageTable images) {
    return changes.delete(table, where, images);
  }

  @Override
  public TextWriting writeTexts(TextColumns of, List<TextRow> rows, long run, long batch) {
    return new TextWriting.AtOnce(texts.write(of, rows, run, batch));
  }

  @Override
  public Sql asWritten(TextColumns of, long run) {
    return texts.asWritten(of, run);
  }

  @Override
  public Sql hasImage(TextColumns of, long run) {
    return texts.hasImage(of, run);
  }

  @Override
  public Sql holds(Sql column, String type, Optional<String> text) {
    return texts.holds(column, type, text);
  }

  @Override
  public Optional<Sql> fireDeferred() {
    return Optional.of(Sql.of("SET CONSTRAINTS ALL IMMEDIATE"));
  }

  // --- the journal ----------------------------------------------------------------------------

  @Override
  public String journalTable(String name) {
    return "plumb." + quote(name);
  }

  @Override
  public List<Sql> journalDdl() {
    return journal.ddl();
  }

  @Override
  public Sql journalExists() {
    return journal.exists();
  }

  @Override
  public Sql journalComplete() {
    return journal.complete();
  }

  @Override
  public Sql journalHas(String table) {
    return journal.has(table);
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
    return journal.sessionIdentity();
  }

  @Override
  public Sql sessionGone(String column) {
    return journal.sessionGone(column);
  }

  @Override
  public Sql imagePlace() {
    return beforeImages.place();
  }

  @Override
  public List<Sql> createImages(ImageTable images, String table, boolean before, boolean after) {
    return beforeImages.create(images, table, before, after);
  }

  @Override
  public List<Sql> indexImages(ImageTable images, String index) {
    return beforeImages.index(images, index);
  }

  @Override
  public Sql readImages(ImageTable images, List<String> types) {
    return beforeImages.read(images, types);
  }

  @Override
  public Sql indexable(ImageTable images) {
    return beforeImages.indexable(images);
  }

  @Override
  public List<Sql> unfoldImages(ImageTable images, int step, String table, List<String> types) {
    return beforeImages.unfold(images, step, table, types);
  }

  @Override
  public Sql guardObject(GuardSql.Made made) {
    return PostgresGuards.live(this, made);
  }

  @Override
  public List<Sql> guardsAside(List<String> tables) {
    return List.of(PostgresGuards.standAside(this, tables));
  }

  @Override
  public List<Sql> guardsReturn() {
    return List.of();
  }

  @Override
  public Optional<Sql> guardTriggers(List<GuardSql.Made> objects) {
    return Optional.of(PostgresGuards.triggers(objects));
  }

  @Override
  public List<String> dropGuard(List<GuardSql.Made> objects) {
    return PostgresGuards.drop(this, objects);
  }

  /**
   * A guard for {@code derive}.
   *
   * @param searchPath where its functions look up what is not qualified, as SET takes it
   */
  public GuardSql guard(GuardNames names, String searchPath, DeriveGuard guard) {
    return PostgresDeriveGuard.of(this, names, searchPath, guard);
  }

  /**
   * A guard for {@code every … has …}.
   *
   * @param searchPath where its functions look up what is not qualified, as SET takes it
   */
  public GuardSql guard(GuardNames names, String searchPath, EveryGuard guard) {
    return PostgresEveryGuard.of(this, names, searchPath, guard);
  }

  private String names(List<String> columns) {
    return columns.stream().map(this::quote).collect(Collectors.joining(", "));
  }
}

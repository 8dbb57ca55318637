package dev.plumbline.dialect;

import dev.plumbline.dialect.SqlScan.Kind;
import dev.plumbline.dialect.SqlScan.Token;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * SQLite 3.44 and newer. A column's type is its affinity. One transaction writes at a time, so that
 * nothing needs to be locked by row; there is no limit to a statement's time.
 */
public final class SqliteDialect implements Dialect {
  private static final String CLOCK = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

  /** What begins a parameter: {@code ?}, {@code :name}, {@code @name}, {@code $name}. */
  private static final String PARAMETERS = "?:@$";

  private final String runPrefix;
  private final SqliteKeys keys = new SqliteKeys();
  private final SqliteChanges changes = new SqliteChanges(this);
  private final SqliteTexts texts = new SqliteTexts(this);
  private final SqliteJournal journal = new SqliteJournal(this);

  public SqliteDialect() {
    this("");
  }

  /**
   * @param runPrefix what stands before a run's number, where another journal beside this one
   *     numbers its own
   */
  public SqliteDialect(String runPrefix) {
    this.runPrefix = runPrefix;
  }

  @Override
  public String runName(long run) {
    return runPrefix + run;
  }

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** SQLite has no operator that JDBC takes for a parameter; what looks like one is a mistake. */
  @Override
  public String escapeOperators(Fragment fragment) {
    SqlScan scan = SqlScan.of(fragment.text());
    for (Token token : scan.code()) {
      boolean parameter =
          (token.kind() == Kind.SYMBOL && PARAMETERS.contains(scan.text(token)))
              || (token.kind() == Kind.STRING && scan.text(token).startsWith("$"));
      if (parameter) {
        throw new ProjectException(
            List.of(
                new Problem(
                    fragment.at(token.start()),
                    "SQLite reads `" + scan.text(token) + "` as a parameter, which has no value",
                    scan.text(token),
                    Optional.of("write the value itself; in a text it belongs between quotes"))));
      }
    }
    return fragment.text();
  }

  /**
   * SQLite says {@code SQLITE_ERROR} both of wrong SQL and of a value that a function refuses; the
   * first it says before the statement runs.
   *
   * @see <a href="https://www.sqlite.org/rescode.html">SQLite's result codes</a>
   */
  @Override
  public FailureKind failureKind(String state, int vendorCode, boolean running) {
    return switch (vendorCode & 0xff) {
      case 1 -> running ? FailureKind.DATA : FailureKind.DEFINITION; // ERROR
      case 3, 23 -> FailureKind.PERMISSION; // PERM, AUTH
      // READONLY; its extended codes are about what reading a file takes besides.
      case 8 -> vendorCode == 8 ? FailureKind.READ_ONLY : FailureKind.PERMISSION;
      case 5, 6, 15, 17 -> FailureKind.CONTENTION; // BUSY, LOCKED, PROTOCOL, SCHEMA
      case 7, 10, 13, 22 -> FailureKind.RESOURCES; // NOMEM, IOERR, FULL, NOLFS
      case 9 -> FailureKind.TIMEOUT; // INTERRUPT
      // What the driver itself says has no code: the path is not there, the connection is closed.
      case 0, 11, 14, 26 -> FailureKind.CONNECTION; // CORRUPT, CANTOPEN, NOTADB
      case 18, 19, 20 -> FailureKind.DATA; // TOOBIG, CONSTRAINT, MISMATCH
      default -> FailureKind.OTHER;
    };
  }

  // --- sessions -------------------------------------------------------------------------------

  /**
   * The lock's limit; SQLite has none for statements. Foreign keys are enforced, whatever the
   * application does: a repair must not leave rows without their parents.
   */
  @Override
  public List<Sql> limits(Duration lock, Duration statement) {
    return List.of(
        Sql.of("PRAGMA busy_timeout = {}", lock.toMillis()), Sql.of("PRAGMA foreign_keys = ON"));
  }

  @Override
  public List<Sql> readOnly() {
    return List.of(Sql.of("PRAGMA query_only = ON"));
  }

  /** Nothing is read while they are enforced. */
  @Override
  public Optional<Sql> unenforcedForeignKeys() {
    return Optional.of(
        Sql.of(
            """
            SELECT c."table", c.parent, count(*)
            FROM pragma_foreign_keys AS p CROSS JOIN pragma_foreign_key_check AS c
            WHERE p.foreign_keys = 0
            GROUP BY c."table", c.parent"""));
  }

  /** It knows neither roles nor a search path. */
  @Override
  public List<Sql> backToItself() {
    return List.of();
  }

  /**
   * Takes the right to write at once: a transaction that begins by reading and writes later fails
   * as busy, however long it may wait. A reading one takes its snapshot with the first query.
   *
   * @see <a href="https://www.sqlite.org/lang_transaction.html">SQLite's transactions</a>
   */
  @Override
  public Optional<Sql> begin(boolean writing) {
    return Optional.of(Sql.of(writing ? "BEGIN IMMEDIATE" : "BEGIN"));
  }

  /** There is no server that could be in trouble. */
  @Override
  public Optional<Sql> lockHolders(String table) {
    return Optional.empty();
  }

  @Override
  public Optional<Sql> trouble() {
    return Optional.empty();
  }

  // --- expressions ----------------------------------------------------------------------------

  /** Bytes as text, as a key that holds them is written: {@code x'00FF'}. */
  public static String bytes(byte[] bytes) {
    return SqliteKeys.text(bytes);
  }

  @Override
  public Sql keyText(Sql expression) {
    return keys.text(expression);
  }

  @Override
  public Sql keyParameter(String text, String type) {
    return keys.parameter(text, type);
  }

  @Override
  public Sql keyJson(List<Sql> expressions) {
    return Sql.of(
        "json_array({})", Sql.join(", ", expressions.stream().map(this::keyText).toList()));
  }

  @Override
  public Sql keyIn(List<Sql> expressions, List<String> types, List<Key> in) {
    return keys.in(expressions, types, in);
  }

  /**
   * Without an affinity of its own, the value takes that of the column that it is compared with or
   * stored in. A CAST would do more than storing does: it makes 3 of 3.5.
   *
   * @see <a href="https://www.sqlite.org/datatype3.html#comparison_expressions">affinity in
   *     comparisons</a>
   */
  @Override
  public Sql stored(Sql expression, String type) {
    return Sql.of("+({})", expression);
  }

  @Override
  public Sql byBytes(Sql expression) {
    return Sql.of("({}) COLLATE BINARY", expression);
  }

  /** A CAST alone would take bytes for UTF-8. */
  @Override
  public Sql text(Sql expression) {
    return keys.text(expression);
  }

  @Override
  public Sql bytes(String hex) {
    return Sql.value(HexFormat.of().parseHex(hex));
  }

  @Override
  public Sql timeOfWriting(String type, boolean milliseconds) {
    return Sql.of(
        milliseconds
            ? "CAST(unixepoch('now', 'subsec') * 1000 AS INTEGER)"
            : "strftime('%Y-%m-%d %H:%M:%f', 'now')");
  }

  /** ISO 8601 text, with an offset or in UTC, or Unix seconds. */
  @Override
  public Sql recent(Sql expression) {
    return Sql.of(
        "(unixepoch({}, 'auto') > unixepoch('now') - 86400 AND unixepoch({}, 'auto') <="
            + " unixepoch('now'))",
        expression,
        expression);
  }

  /** SQLite plans for all rows anyway. */
  @Override
  public Sql wholly(Sql query) {
    return query;
  }

  @Override
  public Sql now() {
    return Sql.of(CLOCK);
  }

  // --- writing --------------------------------------------------------------------------------

  @Override
  public boolean writesAlone() {
    return true;
  }

  @Override
  public Optional<Sql> lockRows(String table, List<String> key, Sql where) {
    return Optional.empty();
  }

  @Override
  public Optional<Sql> lockRowsToDelete(String table, List<String> key, Sql where) {
    return Optional.empty();
  }

  @Override
  public Optional<Sql> lockTable(String table) {
    return Optional.empty();
  }

  @Override
  public List<Sql> freeze(Sql query) {
    return List.of(
        Sql.of("DROP TABLE IF EXISTS temp.violation"),
        Sql.of("CREATE TEMPORARY TABLE violation AS {}", query));
  }

  @Override
  public List<Sql> thaw() {
    return List.of(Sql.of("DROP TABLE IF EXISTS temp.violation"));
  }

  @Override
  public List<Sql> insertRows(
      String table, List<String> columns, Sql select, List<String> conflict, ImageTable images) {
    return changes.insert(table, columns, select, conflict, images);
  }

  @Override
  public List<Sql> insertBack(String table, List<String> columns, Sql select, ImageTable images) {
    return changes.insert(table, columns, select, List.of(), images);
  }

  @Override
  public List<Sql> updateRows(
      String table, List<String> columns, List<Sql> set, Sql where, ImageTable images) {
    return changes.update(table, columns, set, where, images);
  }

  @Override
  public List<Sql> rowAddress(String table) {
    return List.of();
  }

  @Override
  public List<Sql> updateFrom(
      String table, Sql violations, Sql among, List<String> columns, ImageTable images) {
    return changes.updateFrom(table, violations, columns, images);
  }

  @Override
  public List<Sql> deleteRows(String table, Sql where, ImageTable images) {
    return changes.delete(table, where, images);
  }

  @Override
  public TextWriting writeTexts(TextColumns of, List<TextRow> rows, long run, long batch) {
    return texts.write(of, rows, run, batch);
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
    return texts.holds(column, text);
  }

  @Override
  public Optional<Sql> fireDeferred() {
    return Optional.empty();
  }

  // --- the journal ----------------------------------------------------------------------------

  /** Without a schema, since a trigger's statements may not name one. */
  @Override
  public String journalTable(String name) {
    return quote("plumb_" + name);
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
    return Sql.of(CLOCK);
  }

  @Override
  public Sql timestampIn(Duration later) {
    return Sql.of(
        "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '{} seconds')",
        String.format(Locale.ROOT, "%+.3f", later.toMillis() / 1000.0));
  }

  @Override
  public Sql timestampText(String column) {
    return Sql.of("{}", column);
  }

  /** There is no server that would know its sessions. */
  @Override
  public Sql sessionIdentity() {
    return Sql.of("NULL");
  }

  @Override
  public Sql sessionGone(String column) {
    return Sql.of("FALSE");
  }

  /** There are no roles. */
  @Override
  public Sql imagePlace() {
    return Sql.of("SELECT 'own'");
  }

  @Override
  public List<Sql> createImages(ImageTable images, String table, boolean before, boolean after) {
    return journal.createImages(images, before, after);
  }

  /** Not analyzed: that would leave statistics behind, by which the user's queries are planned. */
  @Override
  public List<Sql> indexImages(ImageTable images, String index) {
    return journal.indexImages(images, index);
  }

  @Override
  public Sql readImages(ImageTable images, List<String> types) {
    return Sql.of(images.sql());
  }

  @Override
  public Sql indexable(ImageTable images) {
    return Sql.of("SELECT TRUE");
  }

  /** Whoever may write the file may index them. */
  @Override
  public List<Sql> unfoldImages(ImageTable images, int step, String table, List<String> types) {
    throw new IllegalStateException("these images have an index");
  }

  /** A guard for {@code derive}. */
  public GuardSql guard(GuardNames names, DeriveGuard guard) {
    return SqliteDeriveGuard.of(this, names, guard);
  }

  @Override
  public Sql guardObject(GuardSql.Made made) {
    return Sql.of(
        "SELECT sql, TRUE FROM main.sqlite_schema WHERE type = 'trigger' AND name = {}",
        Sql.value(made.name()));
  }

  @Override
  public List<Sql> guardsAside(List<String> tables) {
    return tables.stream()
        .distinct()
        .map(t -> Sql.of("INSERT INTO plumb_guards_aside (target) VALUES ({})", literal(t)))
        .toList();
  }

  @Override
  public List<Sql> guardsReturn() {
    return List.of(Sql.of("DELETE FROM plumb_guards_aside"));
  }

  @Override
  public Optional<Sql> guardTriggers(List<GuardSql.Made> objects) {
    return Optional.empty();
  }

  @Override
  public List<String> dropGuard(List<GuardSql.Made> objects) {
    return objects.stream().map(made -> "DROP TRIGGER IF EXISTS " + quote(made.name())).toList();
  }
}

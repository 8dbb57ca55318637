package dev.plumbline.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.Position;
import dev.plumbline.error.ProjectException;
import dev.plumbline.schema.Table;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite, and what only SQLite has. */
class SqliteDialectTest extends DialectContract {

  @Override
  TestDatabase createDatabase() {
    TestDatabase created = TestDatabase.sqlite();
    created.execute("PRAGMA user_version = 1"); // the file is made by the first write
    return created;
  }

  @Override
  Map<String, List<String>> keys() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put("INTEGER", List.of("-9223372036854775808", "0", "9223372036854775807"));
    keys.put("INT", List.of("-1", "2.5", "7", "'abc'", "x'00ff'"));
    keys.put("BIGINT NOT NULL", List.of("1", "20"));
    keys.put(
        "TEXT",
        List.of(
            "''",
            "' space '",
            "'\"quoted\"'",
            "'007'",
            "'1'",
            "'1.5'",
            "'A'",
            "'NULL'",
            "'a'",
            "'a,b'",
            "'back\\slash'",
            "'größe ✓ 🙂'",
            "'it''s'",
            "'x'",
            "'{}'",
            "x'41'"));
    keys.put("VARCHAR(20) COLLATE NOCASE", List.of("'a'", "'B'"));
    keys.put("DATETIME", List.of("1700000000", "'2024-02-29 12:00:00.123'", "'2024-03-01'"));
    keys.put("NUMERIC(12, 3)", List.of("-1.5", "0", "1.234", "0.1 + 1.2", "10000000000000000000"));
    keys.put("REAL", List.of("-9e999", "-1e-300", "0.1", "0.1 + 0.2", "3.0", "1e300"));
    keys.put("BLOB", List.of("7", "8.5", "'08'", "'a'", "x''", "x'00ff5c22'"));
    keys.put("uuid", List.of("'00000000-0000-0000-0000-000000000001'"));
    return keys;
  }

  @Override
  String timestampType() {
    return "DATETIME";
  }

  @Override
  String hoursFromNow(int hours) {
    return "datetime('now', '%+d hours')".formatted(hours);
  }

  @Override
  String exact(String column) {
    return "typeof(" + column + ") || ':' || quote(" + column + ")";
  }

  @Override
  List<String> exactTypes() {
    return List.of("INTEGER PRIMARY KEY", "TEXT", "NUMERIC", "REAL", "BLOB", "INT", "DATE");
  }

  @Override
  List<List<String>> exactRows() {
    return List.of(
        List.of("1", "'it''s'", "1.50", "3", "x'00ff'", "3.5", "'2024-02-29'"),
        List.of("2", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL"),
        List.of("3", "7", "'12'", "'0.1'", "'5'", "'abc'", "1700000000"),
        List.of("4", "x'ff'", "'1e5x'", "0.1 + 0.2", "5", "x'01'", "''"),
        List.of("5", "1.0", "1e300", "9e999", "5.0", "'9223372036854775807'", "2.0"));
  }

  @Override
  String castLiteral(String literal, String type) {
    return literal;
  }

  @Override
  String generatedKey() {
    return "INTEGER PRIMARY KEY";
  }

  /** Without a write-ahead log readers keep writers out: theirs is refused, nothing is lost. */
  @Override
  void writeBeside(String sql) {
    assertThat(failure(() -> session.transaction(() -> session.execute(Sql.of("{}", sql)))))
        .isEqualTo(FailureKind.CONTENTION);
  }

  @Override
  long expectedAfterWriteBeside() {
    return 4;
  }

  @Override
  List<String> raisingTrigger(String table) {
    return List.of(
        "CREATE TRIGGER refuses BEFORE INSERT ON "
            + table
            + " BEGIN SELECT RAISE(ABORT, 'no rows today'); END");
  }

  // --- values ---------------------------------------------------------------------------------

  @Test
  void a_stored_value_is_compared_and_kept_as_the_column_would() {
    session.execute(Sql.of("CREATE TABLE t (i INTEGER, n NUMERIC(5, 2), t TEXT, r REAL, b BLOB)"));
    session.execute(Sql.of("INSERT INTO t VALUES (3.5, 33.333, 5, 3, 5)"));
    record Case(String column, String expression, boolean same) {}
    for (Case c :
        List.of(
            new Case("i", "3.5", true),
            new Case("i", "'3.5'", true),
            new Case("i", "3", false),
            new Case("n", "33.333", true),
            new Case("n", "33.33", false),
            new Case("t", "5", true),
            new Case("t", "'5'", true),
            new Case("t", "'05'", false),
            new Case("t", "(SELECT CAST('05' AS NUMERIC))", true),
            new Case("r", "3", true),
            new Case("b", "5", true),
            new Case("b", "'5'", false))) {
      Sql stored = dialect().stored(Sql.of("{}", c.expression()), "ignored");
      assertThat(
              rows(
                  Sql.of(
                      "SELECT t.{} IS NOT DISTINCT FROM {}, {} IS NOT DISTINCT FROM {} FROM t",
                      c.column(),
                      stored,
                      dialect().byBytes(Sql.of("t.{}", c.column())),
                      dialect().byBytes(stored))))
          .as(c.toString())
          .containsExactly(row(c.same() ? "1" : "0", c.same() ? "1" : "0"));
    }
  }

  @Test
  void recent_takes_iso_text_and_unix_seconds() {
    session.execute(Sql.of("CREATE TABLE t (id INTEGER, at)"));
    for (String at :
        List.of(
            "datetime('now', '-1 hour')",
            "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 hour')",
            "strftime('%Y-%m-%dT%H:%M:%S+02:00', 'now', '+1 hour')",
            "unixepoch('now') - 3600",
            "CAST(unixepoch('now') - 3600 AS TEXT)",
            "unixepoch('now', 'subsec') - 3600")) {
      session.execute(Sql.of("DELETE FROM t"));
      session.execute(Sql.of("INSERT INTO t VALUES (1, {})", at));
      assertThat(rows(Sql.of("SELECT id FROM t WHERE {}", dialect().recent(Sql.of("at")))))
          .as(at)
          .containsExactly(row("1"));
    }
    for (String at :
        List.of("'yesterday'", "x'00'", "unixepoch('now') - 90000", "date('now', '-2 days')")) {
      session.execute(Sql.of("DELETE FROM t"));
      session.execute(Sql.of("INSERT INTO t VALUES (1, {})", at));
      assertThat(rows(Sql.of("SELECT id FROM t WHERE {}", dialect().recent(Sql.of("at")))))
          .as(at)
          .isEmpty();
    }
  }

  @Test
  void keys_are_looked_up_by_index() {
    session.execute(Sql.of("CREATE TABLE t (a TEXT, b INTEGER, PRIMARY KEY (a, b))"));
    Sql in =
        dialect()
            .keyIn(
                List.of(Sql.of("a"), Sql.of("b")),
                List.of("TEXT", "INTEGER"),
                List.of(new Key(List.of("x", "1")), new Key(List.of("2", "3"))));
    assertThat(in).hasToString("(a, b) IN (SELECT value ->> 0, value ->> 1 FROM json_each($1))");
    assertThat(in.values()).containsExactly("[[\"x\",1],[\"2\",3]]");
    assertThat(rows(Sql.of("EXPLAIN QUERY PLAN SELECT * FROM t WHERE {}", in)).toString())
        .contains("SEARCH t USING COVERING INDEX sqlite_autoindex_t_1 (a=? AND b=?)");
  }

  @Test
  void a_parameter_in_the_users_sql_is_an_error_with_its_place() {
    for (String sql :
        List.of("a = ?", "a = ?1", "a = :name", "a = @name", "a = $name", "a = $x$y$x$")) {
      ProjectException refused =
          catchThrowableOfType(
              ProjectException.class,
              () -> session.execute(Sql.of("SELECT {}", Sql.user(fragment(sql)))));
      assertThat(refused.problems()).as(sql).hasSize(1);
      assertThat(refused.problems().getFirst().position())
          .isEqualTo(new Position(Path.of("invariants/x.yaml"), 3, 13));
    }
    assertThat(
            rows(
                Sql.of(
                    "SELECT {}",
                    Sql.user(
                        fragment("'?' || ':a' || \"$b\" -- ?\n FROM (SELECT '@' AS \"$b\")")))))
        .containsExactly(row("?:a@"));
  }

  // --- triggers, constraints, kinds of tables -------------------------------------------------

  private Table tableWithTrigger(String trigger) {
    session.execute(Sql.of("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, note TEXT)"));
    session.execute(Sql.of("INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')"));
    session.execute(Sql.of("CREATE TRIGGER acts {}", trigger));
    return table("t");
  }

  private Changed setTenfold(Table table, ImageTable images) {
    return change(
        dialect()
            .updateRows(
                table.sql(), List.of("n"), List.of(Sql.of("n * 10")), Sql.of("id < 3"), images));
  }

  @Test
  void keeps_what_a_trigger_made_of_the_row_afterwards() {
    Table table =
        tableWithTrigger(
            "AFTER UPDATE OF n ON t BEGIN UPDATE t SET note = OLD.note || NEW.n WHERE id = NEW.id;"
                + " UPDATE t SET note = note || '!' WHERE id = NEW.id; END");
    ImageTable images = images(table, table.columnNames(), true, true);
    assertThat(setTenfold(table, images)).isEqualTo(new Changed(2, 2));
    assertThat(kept(images, "k1, b2, b3, a2, a3"))
        .containsExactly(row("1", "1", "a", "10", "a10!"), row("2", "2", "b", "20", "b20!"));
    assertThat(rows("SELECT note FROM t ORDER BY id"))
        .containsExactly(row("a10!"), row("b20!"), row("c"));
  }

  @Test
  void keeps_further_rows_of_the_table_that_a_trigger_changed() {
    Table table =
        tableWithTrigger(
            "AFTER UPDATE OF n ON t WHEN NEW.id = 1 BEGIN"
                + " UPDATE OR REPLACE t SET note = 'moved' WHERE id = 3; END");
    ImageTable images = images(table, table.columnNames(), true, true);
    assertThat(setTenfold(table, images)).isEqualTo(new Changed(3, 3));
    assertThat(kept(images, "k1, b3, a3"))
        .containsExactly(row("1", "a", "a"), row("2", "b", "b"), row("3", "c", "moved"));
  }

  @Test
  void a_row_that_a_trigger_kept_from_changing_is_not_kept() {
    Table table =
        tableWithTrigger("BEFORE UPDATE ON t WHEN OLD.id = 2 BEGIN SELECT RAISE(IGNORE); END");
    ImageTable images = images(table, table.columnNames(), true, true);
    assertThat(setTenfold(table, images)).isEqualTo(new Changed(1, 1));
    Sql violations = Sql.of("SELECT id, n, 0 AS right_n FROM t");
    assertThat(
            change(
                dialect()
                    .updateFrom(table.sql(), violations, Sql.of("id > 0"), List.of("n"), images)))
        .isEqualTo(new Changed(3, 2));
  }

  @Test
  void keeps_what_a_trigger_made_of_an_inserted_row() {
    Table table =
        tableWithTrigger(
            "AFTER INSERT ON t BEGIN UPDATE t SET n = 100 + id WHERE id = NEW.id; END");
    ImageTable images = images(table, table.columnNames(), false, true);
    assertThat(
            change(
                dialect()
                    .insertRows(
                        table.sql(),
                        List.of("note"),
                        Sql.of("SELECT 'new' FROM t WHERE id < 3"),
                        List.of(),
                        images)))
        .isEqualTo(new Changed(2, 2));
    assertThat(kept(images, "k1, a1, a2, a3"))
        .containsExactly(row("4", "4", "104", "new"), row("5", "5", "105", "new"));
  }

  @Test
  void keeps_rows_of_every_kind_of_table() {
    for (String kind : List.of("", " WITHOUT ROWID", " STRICT", " STRICT, WITHOUT ROWID")) {
      session.execute(
          Sql.of(
              "CREATE TABLE \"odd \"\" t\" (\"the key\" TEXT, k2 INTEGER, v BLOB, \"select\" TEXT,"
                  + " twice INTEGER GENERATED ALWAYS AS (k2 * 2), PRIMARY KEY (\"the key\", k2)){}",
              kind));
      Table table = table("\"odd \"\" t\"");
      List<String> written = List.of("the key", "k2", "v", "select");
      ImageTable inserted = images(table, table.columnNames(), false, true);
      assertThat(
              change(
                  dialect()
                      .insertRows(
                          table.sql(),
                          written,
                          Sql.of("VALUES ('a', 1, x'00', 's'), ('a', 2, NULL, NULL)"),
                          List.of("the key", "k2"),
                          inserted)))
          .as(kind)
          .isEqualTo(new Changed(2, 2));
      assertThat(kept(inserted, "k1, k2, quote(a3), a4, a5"))
          .containsExactly(row("a", "1", "X'00'", "s", "2"), row("a", "2", "NULL", null, "4"));

      ImageTable updated = images(table, List.of("select"), true, true);
      Sql violations =
          Sql.of(
              "SELECT \"the key\", k2, \"select\", 'right' AS \"right_select\" FROM {}",
              table.sql());
      assertThat(
              change(
                  dialect()
                      .updateFrom(
                          table.sql(), violations, Sql.of("TRUE"), List.of("select"), updated)))
          .isEqualTo(new Changed(2, 2));
      assertThat(kept(updated, "k1, k2, b1, a1"))
          .containsExactly(row("a", "1", "s", "right"), row("a", "2", null, "right"));

      ImageTable deleted = images(table, table.columnNames(), true, false);
      assertThat(change(dialect().deleteRows(table.sql(), Sql.of("k2 = 1"), deleted)))
          .isEqualTo(new Changed(1, 1));
      assertThat(kept(deleted, "k1, k2, quote(b3), b4, b5"))
          .containsExactly(row("a", "1", "X'00'", "right", "2"));
      session.execute(Sql.of("DROP TABLE {}", table.sql()));
    }
  }

  @Test
  void leaves_no_trigger_behind() {
    Table table = tableWithTrigger("AFTER UPDATE ON t BEGIN SELECT 1; END");
    setTenfold(table, images(table, List.of("n"), true, true));
    assertThat(rows("SELECT name FROM temp.sqlite_schema WHERE type = 'trigger'")).isEmpty();
    assertThat(rows("SELECT name FROM main.sqlite_schema WHERE type = 'trigger'"))
        .containsExactly(row("acts"));
  }

  @Test
  void rows_that_others_refer_to_are_not_deleted() {
    session.execute(Sql.of("CREATE TABLE parent (id INTEGER PRIMARY KEY)"));
    session.execute(Sql.of("CREATE TABLE child (id INTEGER PRIMARY KEY, p REFERENCES parent)"));
    session.execute(Sql.of("INSERT INTO parent VALUES (1)"));
    session.execute(Sql.of("INSERT INTO child VALUES (1, 1)"));
    assertThat(failure(() -> session.execute(Sql.of("DELETE FROM parent"))))
        .isEqualTo(FailureKind.DATA);
  }

  @Test
  void nothing_is_run_in_a_transaction_that_a_trigger_has_ended() {
    session.execute(Sql.of("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
    session.execute(
        Sql.of(
            "CREATE TRIGGER ends BEFORE INSERT ON t WHEN NEW.id = 2 BEGIN"
                + " SELECT RAISE(ROLLBACK, 'all is lost'); END"));
    DatabaseException lost =
        catchThrowableOfType(
            DatabaseException.class,
            () ->
                session.transaction(
                    () -> {
                      session.execute(Sql.of("INSERT INTO t VALUES (1)"));
                      assertThat(
                              failure(
                                  () ->
                                      session.attempt(
                                          () ->
                                              session.execute(Sql.of("INSERT INTO t VALUES (2)")))))
                          .isEqualTo(FailureKind.DATA);
                      return session.attempt(
                          () -> session.execute(Sql.of("INSERT INTO t VALUES (3)")));
                    }));
    assertThat(lost.databaseMessage()).isEqualTo("all is lost");
    assertThat(rows("SELECT * FROM t")).isEmpty();
    assertThat(session.<Long>transaction(() -> session.execute(Sql.of("INSERT INTO t VALUES (4)"))))
        .isEqualTo(1);
    assertThat(rows("SELECT * FROM t")).containsExactly(row("4"));
  }

  // --- sessions -------------------------------------------------------------------------------

  @Test
  void every_session_has_its_limits() {
    Timeouts timeouts = new Timeouts(Duration.ofMillis(321), Duration.ofSeconds(1));
    for (Session opened :
        List.of(database.openForReading(timeouts), database.openForWriting(timeouts))) {
      try (opened) {
        assertThat(
                Stream.of("busy_timeout", "foreign_keys")
                    .map(p -> opened.<Long>one(Sql.of("PRAGMA {}", p), row -> row.number(1))))
            .containsExactly(321L, 1L);
      }
    }
  }

  @Test
  void a_writing_transaction_waits_before_it_reads() {
    session.execute(Sql.of("CREATE TABLE t (n INTEGER)"));
    session.execute(Sql.of("INSERT INTO t VALUES (1)"));
    try (Session other = database.openForWriting(SHORT)) {
      session.transaction(
          () -> {
            session.query(Sql.of("SELECT n FROM t"), row -> row.number(1));
            assertThat(
                    failure(
                        () -> other.transaction(() -> other.execute(Sql.of("UPDATE t SET n = 2")))))
                .isEqualTo(FailureKind.CONTENTION);
            return session.execute(Sql.of("UPDATE t SET n = 3"));
          });
    }
    assertThat(rows("SELECT n FROM t")).containsExactly(row("3"));
  }

  @Test
  void with_a_write_ahead_log_a_snapshot_outlasts_the_writes_of_others() {
    testDatabase.execute("PRAGMA journal_mode = WAL", "CREATE TABLE t (n INTEGER)");
    try (Session reading = database.openForReading(SHORT)) {
      reading.transaction(
          () -> {
            assertThat(count(reading, "t")).isZero();
            session.execute(Sql.of("INSERT INTO t VALUES (1)"));
            assertThat(count(reading, "t")).isZero();
            return 0;
          });
      assertThat(count(reading, "t")).isEqualTo(1);
    }
  }

  @Test
  void a_file_that_is_not_there_is_an_error_and_is_not_made(@TempDir Path directory) {
    Path missing = directory.resolve("missing.sqlite");
    for (Path file : List.of(missing, directory.resolve("no/such/directory.sqlite"))) {
      Database wrong = Database.of(JdbcUrl.parse("jdbc:sqlite:" + file));
      assertThat(failure(() -> wrong.openForReading(SHORT).close()))
          .isEqualTo(FailureKind.CONNECTION);
      assertThat(failure(() -> wrong.openForWriting(SHORT).close()))
          .isEqualTo(FailureKind.CONNECTION);
    }
    assertThat(missing).doesNotExist();
    Database byUri = Database.of(JdbcUrl.parse("jdbc:sqlite:file:" + missing));
    assertThat(failure(() -> byUri.openForWriting(SHORT).close()))
        .isEqualTo(FailureKind.CONNECTION);
  }

  @Test
  void a_file_that_is_no_database_is_a_matter_of_the_connection(@TempDir Path directory)
      throws IOException {
    Path text = Files.writeString(directory.resolve("notes.txt"), "not a database".repeat(100));
    Database wrong = Database.of(JdbcUrl.parse("jdbc:sqlite:" + text));
    assertThat(
            failure(
                () -> {
                  try (Session opened = wrong.openForReading(SHORT)) {
                    opened.query(Sql.of("SELECT * FROM t"), row -> 1);
                  }
                }))
        .isEqualTo(FailureKind.CONNECTION);
  }

  @Test
  void a_value_that_a_function_refuses_is_the_datas_fault() {
    session.execute(Sql.of("CREATE TABLE t (j TEXT)"));
    session.execute(Sql.of("INSERT INTO t VALUES ('[]'), ('[')"));
    assertThat(failure(() -> session.query(Sql.of("SELECT json(j) FROM t"), row -> 1)))
        .isEqualTo(FailureKind.DATA);
    assertThat(failure(() -> session.execute(Sql.of("UPDATE t SET j = json(j)"))))
        .isEqualTo(FailureKind.DATA);
    assertThat(failure(() -> session.query(Sql.of("SELECT nothing(j) FROM t"), row -> 1)))
        .isEqualTo(FailureKind.DEFINITION);
  }

  @Test
  void sql_of_the_users_that_names_what_is_not_there_does_not_fail_on_the_data() {
    session.execute(Sql.of("CREATE TABLE t (j TEXT)"));
    try (Session reading = database.openForReading(SHORT)) {
      DatabaseException refused =
          catchThrowableOfType(
              DatabaseException.class,
              () -> reading.query(Sql.user(fragment("SELECT jay FROM t")), row -> row.optional(1)));
      assertThat(refused.kind()).isEqualTo(FailureKind.DEFINITION);
      assertThat(refused.what())
          .isEqualTo("invariants/x.yaml:3:16: the database refuses the SQL: no such column: jay");
      assertThat(refused.next()).isEqualTo("Mend the SQL and run the command again.");
    }
  }

  @Test
  void sql_of_the_users_that_some_row_makes_fail_is_the_projects_fault_where_it_only_reads() {
    session.execute(Sql.of("CREATE TABLE t (j TEXT)"));
    session.execute(Sql.of("INSERT INTO t VALUES ('[]'), ('[')"));
    try (Session reading = database.openForReading(SHORT)) {
      DatabaseException refused =
          catchThrowableOfType(
              DatabaseException.class,
              () ->
                  reading.query(
                      Sql.user(fragment("SELECT json(j) FROM t")), row -> row.optional(1)));
      assertThat(refused.kind()).isEqualTo(FailureKind.DEFINITION);
      assertThat(refused.what()).contains("x.yaml:3:9: the SQL fails on the data: malformed JSON");
    }
  }

  @Test
  void bytes_are_shown_as_their_literal() {
    assertThat(rows("SELECT x'00FF', x'', 'x', 1, 1.5, NULL"))
        .containsExactly(row("x'00FF'", "x''", "x", "1", "1.5", null));
    assertThat(value(dialect().text(Sql.of("x'C3'")))).isEqualTo("x'C3'");
    assertThat(value(Sql.of("x'C3'"))).isEqualTo("x'C3'");
  }

  @Test
  void messages_are_sqlites_own() {
    DatabaseException refused =
        catchThrowableOfType(
            DatabaseException.class, () -> session.execute(Sql.of("SELECT * FROM missing")));
    assertThat(refused.databaseMessage()).isEqualTo("no such table: missing");
  }

  // --- SQL, verbatim --------------------------------------------------------------------------

  private static final ImageTable IMAGES =
      new ImageTable("\"plumb_image_1_1\"", 5, List.of("id"), List.of("INTEGER"), List.of("n"));

  @Test
  void an_update_notes_rows_before_and_reads_them_after() {
    assertThat(
            String.join(
                ";\n",
                dialect()
                    .updateRows(
                        "\"main\".\"t\"",
                        List.of("n"),
                        List.of(Sql.of("n + 1")),
                        Sql.of("id = 3"),
                        IMAGES)
                    .stream()
                    .map(Sql::toString)
                    .toList()))
        .isEqualTo(
            """
            DROP TABLE IF EXISTS temp.plumb_noted;
            DROP TABLE IF EXISTS temp.plumb_count;
            DROP TABLE IF EXISTS temp.plumb_rows;
            CREATE TEMPORARY TABLE plumb_noted (k1, b1, changed, PRIMARY KEY (k1));
            CREATE TEMPORARY TABLE plumb_rows AS
            SELECT CASE WHEN EXISTS (
              SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE '%CONFLICT%'
                AND '"main"."' || replace(name, '"', '""') || '"' = '"main"."t"')
            THEN (SELECT count(*) FROM "main"."t") END AS before;
            CREATE TEMPORARY TRIGGER plumb_before BEFORE UPDATE ON "main"."t" BEGIN
              INSERT INTO plumb_noted (k1, b1) SELECT OLD."id", OLD."n" WHERE NOT EXISTS (SELECT 1 FROM plumb_noted WHERE k1 = +OLD."id");
            END;
            CREATE TEMPORARY TRIGGER plumb_after AFTER UPDATE ON "main"."t" BEGIN
              UPDATE plumb_noted SET changed = TRUE WHERE k1 = +OLD."id";
            END;
            UPDATE "main"."t" SET "n" = n + 1 WHERE id = 3;
            CREATE TEMPORARY TABLE plumb_count AS
            SELECT max(changes(), (SELECT count(*) FROM temp.plumb_noted WHERE changed)) AS changed;
            DROP TRIGGER temp.plumb_before;
            DROP TRIGGER temp.plumb_after;
            INSERT INTO "plumb_image_1_1" (batch, k1, b1, a1)
            SELECT 5, n."k1", n."b1", "main"."t"."n" FROM temp.plumb_noted AS n CROSS JOIN "main"."t" ON "main"."t"."id" = n.k1 WHERE n.changed;
            SELECT changed, changes() - coalesce(max(0, before + 0 - CASE WHEN EXISTS (
              SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE '%CONFLICT%'
                AND '"main"."' || replace(name, '"', '""') || '"' = '"main"."t"')
            THEN (SELECT count(*) FROM "main"."t") END), 0)
            FROM temp.plumb_count, temp.plumb_rows""");
  }

  @Test
  void rows_already_there_are_left_out_by_the_database() {
    assertThat(
            dialect()
                .insertRows(
                    "\"main\".\"t\"",
                    List.of("id", "n"),
                    Sql.of("SELECT 1, 2"),
                    List.of("id"),
                    IMAGES))
        .anySatisfy(
            sql ->
                assertThat(sql)
                    .hasToString(
                        """
                        INSERT INTO "main"."t" ("id", "n")
                        SELECT * FROM (
                        SELECT 1, 2) AS plumb_select WHERE TRUE ON CONFLICT ("id") DO NOTHING"""));
  }
}

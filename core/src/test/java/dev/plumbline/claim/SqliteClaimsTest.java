package dev.plumbline.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.testkit.TestDatabase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class SqliteClaimsTest {
  @AutoClose private final TestDatabase database = TestDatabase.sqlite();

  private List<String> wrong(String... statements) {
    SqliteClaims claims = new SqliteClaims();
    claims.add(Arrays.stream(statements).map(sql -> new Origin("", 0, sql)).toList());
    try (Session session =
        Database.of(JdbcUrl.parse(database.url())).openForReading(Timeouts.READING)) {
      return new ClaimCheck(new PostgresParser())
          .check(session, claims.standing()).stream()
              .map(f -> f.claim().subject() + ": " + f.found())
              .toList();
    }
  }

  @Test
  void what_took_effect_is_found() {
    String[] statements = {
      "CREATE TABLE IF NOT EXISTS \"Goals\" (id INTEGER PRIMARY KEY, [user id] INT, status TEXT -- new, done\n"
          + " CHECK (status IN ('new', 'done')), UNIQUE (status)) STRICT",
      "CREATE TABLE main.users (id INTEGER PRIMARY KEY, name VARCHAR(20) DEFAULT 'x;y') WITHOUT ROWID;",
      "CREATE UNIQUE INDEX IF NOT EXISTS main.by_name ON users (lower(name) DESC) WHERE name IS NOT NULL",
      "CREATE VIEW names AS SELECT name FROM users",
      "CREATE TRIGGER IF NOT EXISTS keep AFTER UPDATE OF name ON users WHEN new.name <> '' BEGIN"
          + " UPDATE users SET name = 'x' WHERE id = new.id; DELETE FROM users WHERE id = 0; END",
      "CREATE VIRTUAL TABLE words USING fts5(word)",
      "CREATE TABLE made AS SELECT 1 AS a",
      "CREATE TEMP TABLE scratch (id)",
      "CREATE INDEX scratch_id ON scratch (id)",
      "ALTER TABLE scratch ADD COLUMN v",
      "DROP TABLE scratch",
      "ALTER TABLE users ADD COLUMN age INTEGER NOT NULL DEFAULT 0",
      "ALTER TABLE users ADD COLUMN nick VARCHAR(3)",
      "ALTER TABLE users DROP COLUMN nick",
      "ALTER TABLE users RENAME COLUMN name TO called",
      "ALTER TABLE users RENAME TO people",
      "CREATE TABLE goals_new (id INTEGER PRIMARY KEY, status TEXT)",
      "DROP TABLE goals",
      "ALTER TABLE goals_new RENAME TO goals",
      "CREATE TABLE gone (id)",
      "CREATE INDEX gone_id ON gone (id)",
      "DROP INDEX gone_id",
      "DROP TABLE IF EXISTS gone",
      "DROP VIEW names",
      "BEGIN",
      "CREATE TABLE never (id)",
      "ROLLBACK",
      "INSERT INTO goals VALUES (1, 'new')"
    };
    for (int i = 0; i < statements.length; i++) {
      if (i < 24) {
        database.execute(upTo(statements, i));
        assertThat(wrong(Arrays.copyOf(statements, i + 1))).as(statements[i]).isEmpty();
      }
    }
    assertThat(wrong(statements)).isEmpty();
  }

  /** Each run has a connection of its own, so temporary tables are made where they are used. */
  private static String[] upTo(String[] statements, int i) {
    boolean temporary = statements[i].contains("scratch");
    return temporary
        ? statements[i].startsWith("DROP")
            ? Arrays.copyOfRange(statements, i - 3, i + 1)
            : new String[0]
        : new String[] {statements[i]};
  }

  @Test
  void an_index_that_is_there_under_its_name_over_other_columns() {
    database.execute(
        "CREATE TABLE goals (id INTEGER PRIMARY KEY, user_id INT, status TEXT)",
        "CREATE INDEX idx_goals_user_status ON goals (status, user_id)");
    assertThat(wrong("CREATE INDEX IF NOT EXISTS idx_goals_user_status ON goals (user_id, status)"))
        .containsExactly(
            "index idx_goals_user_status on goals: is there, but as CREATE INDEX"
                + " idx_goals_user_status ON goals (status, user_id)");
    assertThat(wrong("create index IDX_GOALS_USER_STATUS on \"goals\" ([status], `user_id`);"))
        .isEmpty();
  }

  @Test
  void what_is_missing_or_another_or_still_there() {
    database.execute("CREATE TABLE goals (id INTEGER PRIMARY KEY, total TEXT)");
    assertThat(
            wrong(
                "CREATE TABLE IF NOT EXISTS goals (id INTEGER PRIMARY KEY, total INT)",
                "CREATE INDEX goals_total ON goals (total)",
                "CREATE TRIGGER keep AFTER INSERT ON goals BEGIN SELECT 1; END",
                "CREATE VIEW IF NOT EXISTS lessons AS SELECT 1"))
        .containsExactly(
            "table goals: is there, but as CREATE TABLE goals (id INTEGER PRIMARY KEY, total TEXT)",
            "index goals_total on goals: missing",
            "trigger keep on goals: missing",
            "view lessons: missing");
    assertThat(wrong("ALTER TABLE goals ADD COLUMN user_id INT"))
        .containsExactly("column user_id of goals: missing");
    assertThat(wrong("ALTER TABLE goals ADD COLUMN total INT"))
        .containsExactly("column total of goals: is TEXT, stated int");
    assertThat(wrong("ALTER TABLE goals DROP COLUMN total"))
        .containsExactly("column total of goals: is still there");
    assertThat(wrong("CREATE TABLE lessons (id)", "ALTER TABLE lessons ADD x", "DROP TABLE goals"))
        .contains("table lessons: missing", "column id of lessons: missing")
        .contains("column x of lessons: missing", "table goals: is still there");
  }
}

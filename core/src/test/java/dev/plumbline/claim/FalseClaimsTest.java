package dev.plumbline.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Sql;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is there is not what the statements say: each difference is found, and nothing else. */
@EnabledIf("dev.plumbline.parser.PostgresParser#isAvailable")
final class FalseClaimsTest {
  @AutoClose private static final TestDatabase database = TestDatabase.postgres();
  private final PostgresFixture fixture = new PostgresFixture(database);

  @BeforeEach
  void begin() {
    fixture.run(
        """
        DROP SCHEMA public CASCADE;
        CREATE SCHEMA public;
        CREATE TABLE goals (id int PRIMARY KEY, user_id int, status text, total numeric(5,2));
        CREATE TABLE users (id int PRIMARY KEY, name text);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE FUNCTION area(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 * $2'""");
  }

  @Test
  void an_index_that_is_there_under_its_name_over_other_columns() {
    fixture.run("CREATE INDEX idx_goals_user_status ON goals (status, user_id)");
    String statement =
        "CREATE INDEX IF NOT EXISTS idx_goals_user_status ON goals (user_id, status)";
    fixture.run(statement);
    assertThat(fixture.wrong(statement))
        .containsExactly(
            "index idx_goals_user_status on goals: is there, but as CREATE INDEX"
                + " idx_goals_user_status ON public.goals USING btree (status, user_id)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE INDEX i ON goals (user_id)             | CREATE UNIQUE INDEX i ON goals (user_id)",
        "CREATE INDEX i ON goals (user_id)             | CREATE INDEX i ON goals USING hash (user_id)",
        "CREATE INDEX i ON goals (user_id)             | CREATE INDEX i ON goals (user_id DESC)",
        "CREATE INDEX i ON goals (user_id)             | CREATE INDEX i ON goals (user_id NULLS FIRST)",
        "CREATE INDEX i ON goals (user_id)             | CREATE INDEX i ON goals (user_id) INCLUDE (status)",
        "CREATE INDEX i ON goals (user_id)             | CREATE INDEX i ON goals (user_id) WHERE id > 1",
        "CREATE INDEX i ON goals (user_id) WHERE id > 2| CREATE INDEX i ON goals (user_id) WHERE id > 1",
        "CREATE INDEX i ON goals (user_id) WHERE id > 2| CREATE INDEX i ON goals (user_id) WHERE total > 2",
        "CREATE INDEX i ON goals (user_id) WHERE status = 'a'| CREATE INDEX i ON goals (user_id) WHERE status = 'b'",
        "CREATE INDEX i ON goals (status)              | CREATE INDEX i ON goals (lower(status))",
        "CREATE INDEX i ON goals (upper(status))       | CREATE INDEX i ON goals (lower(status))",
        "CREATE INDEX i ON goals (status)              | CREATE INDEX i ON goals (status text_pattern_ops)",
        "CREATE INDEX i ON users (id)                  | CREATE INDEX i ON goals (id)",
        "CREATE TABLE i ()                             | CREATE INDEX i ON goals (id)",
      })
  void an_index_of_another_shape(String there, String claimed) {
    fixture.run(there);
    assertThat(fixture.wrong(claimed))
        .singleElement()
        .asString()
        .startsWith("index i on goals: is");
  }

  @Test
  void an_index_that_a_failed_concurrent_build_left_behind() {
    fixture.run("INSERT INTO goals (id, user_id) VALUES (1, 7), (2, 7)");
    String statement = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_goal ON goals (user_id)";
    assertThatThrownBy(() -> fixture.run(statement)).hasMessageContaining("one_goal");
    fixture.run(statement); // "already exists, skipping"
    assertThat(fixture.wrong(statement))
        .containsExactly("index one_goal on goals: is invalid: a concurrent build failed");
  }

  @Test
  void an_index_without_a_name() {
    fixture.run("CREATE INDEX ON goals (status)");
    assertThat(fixture.wrong("CREATE INDEX ON goals (status)")).isEmpty();
    assertThat(fixture.wrong("CREATE INDEX ON goals (user_id)"))
        .containsExactly("index without a name on goals: missing");
  }

  @Test
  void a_table_that_was_there_before_with_other_columns() {
    String statement =
        """
        CREATE TABLE IF NOT EXISTS goals (
          id int PRIMARY KEY, user_id int NOT NULL, status text DEFAULT 'new', total int, extra date)""";
    fixture.run(statement);
    assertThat(fixture.wrong(statement))
        .containsExactly(
            "column user_id of goals: may be NULL",
            "column status of goals: has no default",
            "column total of goals: is numeric(5,2), stated integer",
            "column extra of goals: missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE goals ALTER user_id SET NOT NULL   | may be NULL",
        "ALTER TABLE goals ALTER id DROP NOT NULL       | is NOT NULL",
        "ALTER TABLE goals ALTER total TYPE numeric(7,2)| is numeric(5,2), stated numeric(7,2)",
        "ALTER TABLE goals ALTER status TYPE text[]     | is text, stated text[]",
        "ALTER TABLE goals ALTER status SET DEFAULT 'x' | has no default",
        "ALTER TABLE goals DROP COLUMN status           | is still there",
        "ALTER TABLE goals ADD COLUMN other int         | missing",
        "ALTER TABLE goals ADD COLUMN id int GENERATED ALWAYS AS IDENTITY | is not generated",
        "ALTER TABLE goals ENABLE ROW LEVEL SECURITY    | has row-level security disabled",
        "ALTER TABLE goals RENAME TO aims               | is still there",
        "ALTER TABLE goals RENAME status TO state       | is still there",
        "DROP TABLE goals                               | is still there",
        "DROP FUNCTION area(int, int)                   | is still there",
        "DROP FUNCTION area                             | is still there",
        "CREATE TABLE other (id int)                    | missing",
        "CREATE VIEW goals AS SELECT 1                  | is a table",
        "CREATE SCHEMA other                            | missing",
        "CREATE EXTENSION pgcrypto                      | missing",
        "CREATE SEQUENCE other                          | missing",
        "CREATE TYPE other AS ENUM ('a')                | missing",
        "CREATE DOMAIN other AS int                     | missing",
        "CREATE MATERIALIZED VIEW other AS SELECT 1     | missing",
        "CREATE TABLE other AS SELECT 1                 | missing",
        "CREATE AGGREGATE other (int) (SFUNC = int4pl, STYPE = int) | missing",
        "CREATE TRIGGER other AFTER INSERT ON goals EXECUTE FUNCTION touch() | missing",
        "CREATE POLICY other ON goals USING (true)      | missing",
        "ALTER TABLE goals ADD UNIQUE (user_id)         | missing",
        "ALTER TABLE goals ADD CONSTRAINT c CHECK (id > 0) | missing",
        "ALTER TABLE goals VALIDATE CONSTRAINT c        | missing",
        "ALTER TABLE goals ADD FOREIGN KEY (user_id) REFERENCES users | missing",
        "COMMENT ON TABLE goals IS 'x'                  | has no comment",
        "COMMENT ON COLUMN goals.id IS 'x'              | has no comment",
        "COMMENT ON FUNCTION area(int, int) IS 'x'      | has no comment",
        "CREATE FUNCTION area(int) RETURNS int LANGUAGE sql AS 'x' | missing",
      })
  void a_statement_that_was_not_run(String statement, String found) {
    assertThat(fixture.wrong(statement)).anyMatch(wrong -> wrong.endsWith(": " + found));
  }

  @Test
  void a_function_with_the_old_body() {
    String statement =
        """
        CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN NEW.total := 1; RETURN NEW; END'""";
    assertThat(fixture.wrong(statement)).containsExactly("function touch(): has another body");
    fixture.run(statement);
    assertThat(fixture.wrong(statement)).isEmpty();
    assertThat(fixture.wrong(statement + " STABLE"))
        .containsExactly("function touch(): is of volatility v");
    assertThat(fixture.wrong(statement + " SECURITY DEFINER"))
        .containsExactly("function touch(): is SECURITY INVOKER");
    assertThat(
            fixture.wrong("CREATE OR REPLACE FUNCTION area(int, int) RETURNS int RETURN $1 * $2"))
        .containsExactly("function area(integer, integer): has another body");
  }

  @Test
  void a_constraint_that_was_never_validated() {
    fixture.run(
        """
        ALTER TABLE goals ADD CONSTRAINT goals_user_fk FOREIGN KEY (user_id) REFERENCES users NOT VALID;
        ALTER TABLE goals ADD CONSTRAINT goals_total_ck CHECK (total > 0) NOT VALID""");
    assertThat(
            fixture.wrong(
                """
                ALTER TABLE goals ADD CONSTRAINT goals_user_fk
                  FOREIGN KEY (user_id) REFERENCES users NOT VALID;
                ALTER TABLE goals VALIDATE CONSTRAINT goals_user_fk;
                ALTER TABLE goals ADD CONSTRAINT goals_total_ck CHECK (total > 0)"""))
        .containsExactly(
            "constraint goals_user_fk on goals: is not validated",
            "constraint goals_total_ck on goals: is not validated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CHECK (total > 0)          | CHECK (total > 10)",
        "CHECK (total > 0)          | CHECK (total >= 0)",
        "CHECK (total > 0)          | CHECK (user_id > 0)",
        "CHECK (status IN ('a','b'))| CHECK (status IN ('a','c'))",
        "CHECK (total > 0)          | UNIQUE (total)",
        "UNIQUE (user_id)           | UNIQUE (status)",
        "UNIQUE (user_id)           | UNIQUE (user_id) DEFERRABLE",
        "FOREIGN KEY (user_id) REFERENCES users | FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE",
        "FOREIGN KEY (user_id) REFERENCES users | FOREIGN KEY (user_id) REFERENCES goals",
        "FOREIGN KEY (user_id) REFERENCES users | FOREIGN KEY (id) REFERENCES users",
      })
  void a_constraint_of_another_definition(String there, String claimed) {
    fixture.run("ALTER TABLE goals ADD CONSTRAINT c " + there);
    assertThat(fixture.wrong("ALTER TABLE goals ADD CONSTRAINT c " + claimed))
        .singleElement()
        .asString()
        .startsWith("constraint c on goals: is there, but as ");
  }

  @Test
  void a_trigger_that_is_disabled_or_another() {
    String statement =
        "CREATE TRIGGER keep BEFORE UPDATE ON goals FOR EACH ROW EXECUTE FUNCTION touch()";
    fixture.run(statement);
    assertThat(fixture.wrong(statement)).isEmpty();
    assertThat(fixture.wrong(statement.replace("UPDATE", "UPDATE OR INSERT")))
        .singleElement()
        .asString()
        .startsWith("trigger keep on goals: is there, but as ");
    fixture.run("ALTER TABLE goals DISABLE TRIGGER keep");
    assertThat(fixture.wrong(statement))
        .containsExactly("trigger keep on goals: is disabled (O → D)");
    assertThat(fixture.wrong(statement + "; ALTER TABLE goals DISABLE TRIGGER keep")).isEmpty();
    assertThat(fixture.wrong("ALTER TABLE goals DISABLE TRIGGER ALL; " + statement)).hasSize(1);
  }

  @Test
  void policies_enums_and_comments_that_are_others() {
    fixture.run(
        """
        CREATE POLICY own ON goals FOR SELECT USING (user_id = 1);
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        COMMENT ON TABLE goals IS 'old'""");
    assertThat(
            fixture.wrong(
                """
                CREATE POLICY own ON goals FOR UPDATE USING (user_id = 1);
                CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
                COMMENT ON TABLE goals IS 'new'"""))
        .containsExactly(
            "policy own on goals: is there, but not as written",
            "type mood: has the values sad, ok",
            "table goals: has the comment 'old'");
  }

  @Test
  void a_table_that_is_missing_since_a_do_block_swallowed_the_error() {
    String statement =
        """
        DO $$ BEGIN
          CREATE TABLE lessons (id int PRIMARY KEY, course int REFERENCES courses);
        EXCEPTION WHEN others THEN NULL;
        END $$""";
    fixture.run(statement);
    assertThat(fixture.wrong(statement)).contains("table lessons: missing");
  }

  @Test
  void what_the_transaction_has_not_committed_yet_counts() {
    String statement = "CREATE TABLE fresh (id int PRIMARY KEY)";
    List<Claim> claims = PostgresFixture.claims(statement);
    try (Session session =
        Database.of(JdbcUrl.parse(database.url())).openForWriting(Timeouts.READING)) {
      List<FalseClaim> wrong =
          session.transaction(
              () -> {
                session.execute(Sql.of(statement));
                return new ClaimCheck(PostgresFixture.PARSER).check(session, claims);
              });
      assertThat(wrong).isEmpty();
    }
    assertThat(claims).hasSize(3);
  }
}

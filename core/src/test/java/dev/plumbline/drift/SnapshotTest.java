package dev.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.claim.ClaimCheck;
import dev.plumbline.claim.FalseClaim;
import dev.plumbline.claim.Kind;
import dev.plumbline.claim.PostgresClaims;
import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.ProjectException;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import dev.plumbline.testkit.PostgresVersion;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SnapshotTest {
  static final PostgresParser PARSER = new PostgresParser();

  /** The sequence of a serial column has another name, and indexes of partitions; others cannot. */
  private static final String[] NOT_MADE_AGAIN = {
    "column id of copied",
    "column id of references_to",
    "aggregate app.total(numeric)",
    "index events_only on app.events",
    "index events_2026_kind_at_idx on app.events_2026",
    "index events_2026_sort_at_idx on app.events_2026",
    "index events_2026_0_kind_at_idx on app.events_2026_0",
    "index events_2026_0_sort_at_idx on app.events_2026_0",
    "index events_rest_kind_at_idx on app.events_rest",
    "index events_rest_sort_at_idx on app.events_rest",
  };

  static Snapshot snapshot(TestDatabase database) {
    try (Session session =
        Database.of(JdbcUrl.parse(database.url())).openForReading(Timeouts.READING)) {
      return Snapshot.read(session);
    }
  }

  /** A script with objects of nearly every sort. */
  static String varied() throws IOException {
    try (InputStream in =
        PostgresClaims.class.getResourceAsStream("/dev/plumbline/claim/varied.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static void makeVaried(TestDatabase database) throws IOException {
    List<Statement> statements = PARSER.parse(varied()).statements();
    database.execute(statements.stream().map(Statement::text).toArray(String[]::new));
  }

  private static List<String> shown(Snapshot snapshot, Kind... kinds) {
    return snapshot.objects().stream()
        .filter(object -> List.of(kinds).contains(object.kind()))
        .map(object -> object + ": " + object.definition())
        .toList();
  }

  @Test
  void tells_of_each_object_what_makes_it_that_one() {
    try (TestDatabase database = TestDatabase.postgres()) {
      database.execute(
          "CREATE TYPE mood AS ENUM ('sad', 'o''k')",
          "CREATE SCHEMA app",
          "CREATE SEQUENCE app.ids",
          "CREATE TABLE t (id serial PRIMARY KEY, a text COLLATE \"C\" NOT NULL DEFAULT 'x',"
              + " b int GENERATED ALWAYS AS (length(a)) STORED, c mood, CHECK (b > 0))",
          "COMMENT ON COLUMN t.a IS 'first'",
          "ALTER TABLE t ADD CONSTRAINT later CHECK (b < 9) NOT VALID",
          "CREATE INDEX i ON t (lower(a))",
          "CREATE VIEW app.v WITH (security_barrier) AS SELECT id FROM t",
          "CREATE FUNCTION f(int, mood) RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
          "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()",
          "ALTER TABLE t DISABLE TRIGGER g",
          "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
          "CREATE POLICY p ON t FOR SELECT USING (b > 0)");
      Snapshot found = snapshot(database);
      assertThat(found.server()).matches("PostgreSQL \\d\\d");
      assertThat(shown(found, Kind.SCHEMA, Kind.TYPE, Kind.TABLE, Kind.COLUMN, Kind.SEQUENCE))
          .containsExactly(
              "schema app: ",
              "type mood: ENUM ('sad', 'o''k')",
              "sequence app.ids: AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807"
                  + " START WITH 1 CACHE 1",
              "table t: ROW LEVEL SECURITY",
              "column a of t: text COLLATE \"C\" NOT NULL DEFAULT 'x'::text",
              "column b of t: integer GENERATED ALWAYS AS (length(a)) STORED",
              "column c of t: public.mood",
              "column id of t: integer NOT NULL DEFAULT nextval('public.t_id_seq'::regclass)");
      assertThat(shown(found, Kind.INDEX, Kind.CONSTRAINT, Kind.TRIGGER, Kind.POLICY))
          .containsExactly(
              "index i on t: CREATE INDEX i ON public.t USING btree (lower(a))",
              "constraint later on t: CHECK ((b < 9)) NOT VALID",
              "constraint t_b_check on t: CHECK ((b > 0))",
              "constraint t_pkey on t: PRIMARY KEY (id)",
              "trigger g on t: CREATE TRIGGER g BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE"
                  + " FUNCTION public.touch() (disable)",
              "policy p on t: AS PERMISSIVE FOR SELECT TO PUBLIC USING ((b > 0))");
      assertThat(found.objects())
          .extracting(SchemaObject::toString)
          .contains("function f(integer, public.mood)", "view app.v")
          .doesNotContain("sequence t_id_seq", "index t_pkey on t");
      assertThat(found.objects())
          .filteredOn(object -> object.name().equals("a"))
          .extracting(SchemaObject::comment)
          .containsExactly(Optional.of("first"));
    }
  }

  @EnabledIf("dev.plumbline.parser.PostgresParser#isAvailable")
  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void its_statements_claim_what_is_there(PostgresVersion version) throws IOException {
    try (TestDatabase database = TestDatabase.postgres(version)) {
      makeVaried(database);
      Snapshot found = snapshot(database);
      PostgresClaims claims = new PostgresClaims(PARSER);
      PARSER
          .parseAll(found.statements())
          .forEach(
              parsed -> {
                assertThat(parsed.errors()).isEmpty();
                claims.add("learnt", parsed.statements());
              });
      assertThat(claims.standing()).hasSizeGreaterThan(300);
      try (Session session =
          Database.of(JdbcUrl.parse(database.url())).openForReading(Timeouts.READING)) {
        List<FalseClaim> wrong = new ClaimCheck(PARSER).check(session, claims.standing());
        assertThat(wrong).isEmpty();
      }
    }
  }

  @EnabledIf("dev.plumbline.parser.PostgresParser#isAvailable")
  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void its_statements_make_the_same_again(PostgresVersion version) throws IOException {
    try (TestDatabase database = TestDatabase.postgres(version);
        TestDatabase again = TestDatabase.postgres(version)) {
      makeVaried(database);
      Snapshot found = snapshot(database);
      make(again, found.statements());
      assertThat(new Differences(PARSER).between(withoutComments(found), snapshot(again)))
          .extracting(difference -> difference.key().toString())
          .containsExactly(NOT_MADE_AGAIN);
    }
  }

  private static Snapshot withoutComments(Snapshot snapshot) {
    return new Snapshot(
        snapshot.server(),
        snapshot.objects().stream()
            .map(
                o ->
                    new SchemaObject(
                        o.kind(),
                        o.schema(),
                        o.table(),
                        o.name(),
                        o.definition(),
                        Optional.empty(),
                        o.statements()))
            .toList());
  }

  /** A view may need another that comes later: what fails is tried again while others succeed. */
  private static void make(TestDatabase database, List<String> statements) {
    List<String> failed = new ArrayList<>();
    for (String statement : statements) {
      try {
        database.execute("SET check_function_bodies = off", statement);
      } catch (IllegalStateException e) {
        failed.add(statement);
      }
    }
    assertThat(failed.size()).as(failed::toString).isLessThan(statements.size());
    if (!failed.isEmpty()) {
      make(database, failed);
    }
  }

  @EnabledIf("dev.plumbline.parser.PostgresParser#isAvailable")
  @Test
  void two_versions_print_differently_and_nothing_is_certain() throws IOException {
    try (TestDatabase old = TestDatabase.postgres(PostgresVersion.OLDEST);
        TestDatabase recent = TestDatabase.postgres(PostgresVersion.NEWEST)) {
      makeVaried(old);
      makeVaried(recent);
      List<Difference> found = new Differences(PARSER).between(snapshot(old), snapshot(recent));
      assertThat(found).filteredOn(Difference::certain).isEmpty();
      assertThat(found)
          .extracting(d -> d.key().toString())
          .isSubsetOf("view app.names", "view app.numbers");
    }
  }

  @Test
  void comes_back_from_its_file() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      makeVaried(database);
      Snapshot found = snapshot(database);
      assertThat(found.objects()).hasSizeGreaterThan(300);
      assertThat(Snapshot.fromJson("live.json", found.toJson())).isEqualTo(found);
    }
  }

  @Test
  void needs_no_privilege() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      makeVaried(database);
      String url = database.role().url();
      try (Session session = Database.of(JdbcUrl.parse(url)).openForReading(Timeouts.READING)) {
        assertThat(Snapshot.read(session)).isEqualTo(snapshot(database));
      }
    }
  }

  @Test
  void refuses_another_file() {
    assertThatThrownBy(() -> Snapshot.fromJson("x.json", "{\"catalogue\": 2, \"objects\": []}"))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("x.json")
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> Snapshot.fromJson("x.json", "[1]"))
        .isInstanceOf(ProjectException.class);
    assertThatThrownBy(
            () ->
                Snapshot.fromJson("x.json", "{\"catalogue\": 1, \"objects\": [{\"kind\": \"x\"}]}"))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("kind of object x");
  }

  @Test
  void reads_sqlite() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      database.execute(
          "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x')",
          "CREATE INDEX i ON t (a)",
          "CREATE TABLE plumb_run (id INTEGER)",
          "CREATE VIEW v AS SELECT a FROM t");
      assertThat(snapshot(database).objects())
          .extracting(object -> object + ": " + object.definition())
          .containsExactly(
              "table t: CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x')",
              "column a of t: TEXT NOT NULL DEFAULT 'x'",
              "column id of t: INTEGER",
              "view v: CREATE VIEW v AS SELECT a FROM t",
              "index i on t: CREATE INDEX i ON t (a)");
    }
  }
}

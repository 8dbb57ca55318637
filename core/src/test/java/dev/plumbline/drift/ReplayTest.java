package dev.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.drift.Replay.Script;
import dev.plumbline.drift.Replay.Stopped;
import dev.plumbline.testkit.PostgresVersion;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledIf("dev.plumbline.parser.PostgresParser#isAvailable")
final class ReplayTest {
  @AutoClose private final TestDatabase scratch = TestDatabase.postgres();

  private static Session open(TestDatabase database) {
    return Database.of(JdbcUrl.parse(database.url())).openForWriting(Timeouts.WRITING);
  }

  private Optional<Stopped> replay(String... files) {
    List<Script> scripts =
        IntStream.range(0, files.length)
            .mapToObj(i -> new Script(Path.of("V" + (i + 1) + ".sql"), files[i]))
            .toList();
    try (Session session = open(scratch)) {
      return new Replay(SnapshotTest.PARSER, session).run(scripts);
    }
  }

  @Test
  void runs_each_file_as_its_tool_would() {
    Optional<Stopped> stopped =
        replay(
            "CREATE TABLE t (a int, tags jsonb); SET search_path = pg_catalog;",
            "CREATE INDEX CONCURRENTLY i ON t (a);\nCREATE INDEX CONCURRENTLY j ON t ((tags ? 'x'));",
            "BEGIN; ALTER TABLE t ADD b int; COMMIT; VACUUM t;",
            "CREATE TYPE mood AS ENUM ('a');",
            "ALTER TYPE mood ADD VALUE 'b'; CREATE TABLE u (m mood DEFAULT 'b');",
            "COPY t (a) FROM stdin;\n1\n2\n\\.\nSELECT 1;");
    assertThat(stopped).isEmpty();
    assertThat(SnapshotTest.snapshot(scratch).objects())
        .extracting(SchemaObject::toString)
        .contains("index i on t", "index j on t", "column b of t", "column m of u");
  }

  @Test
  void stops_at_what_fails_and_says_where() {
    Optional<Stopped> stopped =
        replay(
            "CREATE TABLE t (a int)",
            "-- second\nCREATE TABLE u (a int);\nCREATE INDEX i ON t (nope);\n",
            "CREATE TABLE never ()");
    assertThat(stopped.map(s -> s.at() + " " + s.message()))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("V2.sql:3:1 ")
                    .contains("column \"nope\" does not exist"));
    assertThat(SnapshotTest.snapshot(scratch).objects())
        .extracting(SchemaObject::toString)
        .containsExactly("table t", "column a of t");
  }

  @Test
  void stops_at_what_cannot_be_read() {
    assertThat(
            replay("CREATE TABLE t (a int);\nCREATE TABEL u ()")
                .map(Stopped::at)
                .map(String::valueOf))
        .contains("V1.sql:2:8");
  }

  @Test
  void has_stand_ins_for_roles() {
    try (TestDatabase live = TestDatabase.postgres(PostgresVersion.OLDEST)) {
      String role = live.role().name();
      try (Session session = open(scratch);
          Session there = open(live)) {
        Replay replay = new Replay(SnapshotTest.PARSER, session);
        replay.makeRolesOf(there);
        replay.makeRolesOf(there);
        Script grant =
            new Script(
                Path.of("V1.sql"),
                "CREATE TABLE t (a int); ALTER TABLE t OWNER TO \"" + role + "\"");
        assertThat(replay.run(List.of(grant))).isEmpty();
      } finally {
        scratch.execute("DROP OWNED BY \"" + role + "\"", "DROP ROLE \"" + role + "\"");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void a_long_script_makes_the_same_again(PostgresVersion version) throws IOException {
    try (TestDatabase live = TestDatabase.postgres(version);
        TestDatabase again = TestDatabase.postgres(version);
        Session session = open(again)) {
      SnapshotTest.makeVaried(live);
      Script script = new Script(Path.of("V1.sql"), SnapshotTest.varied());
      assertThat(new Replay(SnapshotTest.PARSER, session).run(List.of(script))).isEmpty();
      assertThat(
              new Differences(SnapshotTest.PARSER)
                  .between(SnapshotTest.snapshot(live), SnapshotTest.snapshot(again)))
          .isEmpty();
    }
  }
}

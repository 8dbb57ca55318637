package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} at random moments of a migration with all six steps, resumed each time: it ends
 * as if nothing had happened, makes no constraint before it has verified, and is not recorded as
 * applied before its end.
 */
class MigrationKillTest {
  private static final int ROWS = 100_000;

  /** The pauses are there to be killed in. */
  private static final String MIGRATION =
      """
      -- plumb:expect 100000 rows violate doubled
      -- plumb:schema
      ALTER TABLE numbers ADD COLUMN doubled integer;
      SELECT pg_sleep(0.31);
      CREATE UNIQUE INDEX CONCURRENTLY numbers_note ON numbers (note);
      CREATE TABLE made_after_the_index (id integer);
      SELECT pg_sleep(0.32);
      -- plumb:backfill doubled
      -- plumb:verify doubled
      -- plumb:verify slow
      -- plumb:constrain
      ALTER TABLE numbers ALTER COLUMN doubled SET NOT NULL;
      SELECT pg_sleep(0.33);
      -- plumb:document
      COMMENT ON COLUMN numbers.doubled IS 'twice the number';
      SELECT pg_sleep(0.34);
      """;

  /** When to strike: each is true at a moment of the migration, in the order in which they come. */
  private enum Moment {
    SCHEMA(active("pg_sleep(0.31)")),
    INDEX(active("CREATE UNIQUE INDEX CONCURRENTLY")),
    SECOND_SCHEMA(active("pg_sleep(0.32)")),
    BACKFILL_BEGINS(begun("backfill")),
    BACKFILL_EARLY(batches(3)),
    BACKFILL_LATE(batches(30)),
    VERIFY(active("pg_sleep(0.35)")),
    CONSTRAIN(active("pg_sleep(0.33)")),
    DOCUMENT(active("pg_sleep(0.34)"));

    private final String sql;

    Moment(String sql) {
      this.sql = sql;
    }

    private static String active(String query) {
      return "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%"
          + query
          + "%' AND pid <> pg_backend_pid())";
    }

    private static String begun(String step) {
      return "SELECT EXISTS (SELECT 1 FROM plumb.steps WHERE step = '"
          + step
          + "' AND finished_at IS NULL)";
    }

    private static String batches(int number) {
      return "SELECT count(*) >= "
          + number
          + " FROM plumb.batches b JOIN plumb.step_runs s ON s.child = b.run";
    }
  }

  private static final String JOURNAL = "SELECT to_regclass('plumb.step_runs') IS NOT NULL";
  private static final String NOT_NULL =
      "SELECT count(*) FROM pg_attribute WHERE attrelid = 'numbers'::regclass"
          + " AND attname = 'doubled' AND attnotnull";
  private static final String VIOLATIONS =
      "SELECT count(*) FROM numbers WHERE doubled IS DISTINCT FROM id * 2";
  private static final String VERIFIED =
      "SELECT count(*) FROM plumb.steps WHERE step = 'verify' AND finished_at IS NOT NULL";

  @TempDir private Path folder;

  @BeforeEach
  void project() throws IOException {
    Files.createDirectories(folder.resolve("migrations"));
    Files.createDirectories(folder.resolve("invariants"));
    Files.writeString(
        folder.resolve("plumb.yaml"),
        "project: numbers\ndatabase: ${PLUMB_DATABASE_URL}\nbatch: {size: 2000}\n");
    Files.writeString(
        folder.resolve("invariants/doubled.yaml"),
        "says: The double is twice the number.\ntable: numbers\nderive: {doubled: id * 2}\n");
    Files.writeString(
        folder.resolve("invariants/slow.yaml"),
        "says: Looking takes its time.\nnone: SELECT 1 AS id FROM pg_sleep(0.35) WHERE false\nkey: id\n");
    Files.writeString(folder.resolve("migrations/001_doubled.sql"), MIGRATION);
  }

  private static void load(TestDatabase database) {
    database.execute(
        "CREATE TABLE numbers (id integer PRIMARY KEY, note text)",
        "INSERT INTO numbers SELECT i, 'number ' || i FROM generate_series(1, " + ROWS + ") AS i");
  }

  @ParameterizedTest
  @ValueSource(longs = 1)
  void a_killed_migration_goes_on_as_if_nothing_had_happened(long seed) {
    killAndCheck(seed, 3);
  }

  @Tag("torture")
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void thirty_kills(long seed) {
    killAndCheck(seed, 5);
  }

  private void killAndCheck(long seed, int kills) {
    String undisturbed;
    try (TestDatabase database = TestDatabase.postgres()) {
      load(database);
      JavaProcess.Result end = migrate(database).run();
      assertThat(end.exitCode()).as(end.stdout() + end.stderr()).isZero();
      undisturbed = state(database);
    }
    try (TestDatabase database = TestDatabase.postgres()) {
      load(database);
      for (Moment moment : moments(kills, new Random(seed))) {
        strike(database, moment);
        checkHalfway(database);
      }
      JavaProcess.Result end = migrate(database).run();
      assertThat(end.exitCode()).as(end.stdout() + end.stderr()).isZero();
      assertThat(state(database)).isEqualTo(undisturbed);
    }
  }

  /**
   * Different ones: what the server did to its end when its client was killed is not begun again.
   */
  private static List<Moment> moments(int number, Random random) {
    List<Moment> moments = new ArrayList<>(List.of(Moment.values()));
    Collections.shuffle(moments, random);
    return moments.subList(0, number).stream().sorted().toList();
  }

  /**
   * Starts the migration, or goes on with it, and kills it at the moment. An old snapshot keeps the
   * index from being finished until then.
   */
  private void strike(TestDatabase database, Moment moment) {
    try (JavaProcess process = migrate(database).start();
        Connection old = moment == Moment.INDEX ? oldSnapshot(database) : database.connect()) {
      Until.holds("the moment " + moment, () -> isNow(database, moment) || !process.isAlive());
      JavaProcess.Result end = process.kill9();
      assertThat(end.exitCode())
          .as("at " + moment + ": " + end.stdout() + end.stderr())
          .isEqualTo(137);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Connection oldSnapshot(TestDatabase database) throws SQLException {
    Connection connection = database.connect();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
    return connection;
  }

  private static boolean isNow(TestDatabase database, Moment moment) {
    return "t".equals(database.queryValue(JOURNAL)) && "t".equals(database.queryValue(moment.sql));
  }

  private JavaMain migrate(TestDatabase database) {
    return new Cli(folder, database.url()).process("migrate", "--commit");
  }

  /** What must be true whenever it is killed. */
  private static void checkHalfway(TestDatabase database) {
    String applied =
        "SELECT count(*) FROM plumb.runs WHERE kind = 'migration' AND state = 'succeeded'";
    String steps = "SELECT count(*) FROM plumb.steps WHERE finished_at IS NOT NULL";
    if (!"0".equals(database.queryValue(applied))) {
      assertThat(database.queryValue(steps)).as("steps of an applied migration").isEqualTo("7");
    }
    if ("1".equals(database.queryValue(NOT_NULL))) {
      assertThat(database.queryValue(VIOLATIONS))
          .as("violations under a constraint")
          .isEqualTo("0");
      assertThat(database.queryValue(VERIFIED)).isEqualTo("1");
    }
  }

  /** All that the migration makes, and what its journal says. */
  private static String state(TestDatabase database) {
    return Stream.of(
            "SELECT string_agg(attname || ' ' || attnotnull || ' ' || format_type(atttypid,"
                + " atttypmod) || ' ' || coalesce(col_description(attrelid, attnum), ''), ', '"
                + " ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'numbers'::regclass"
                + " AND attnum > 0",
            "SELECT string_agg(pg_get_indexdef(indexrelid) || ' ' || indisvalid, ', '"
                + " ORDER BY indexrelid::regclass::text) FROM pg_index"
                + " WHERE indrelid = 'numbers'::regclass",
            "SELECT to_regclass('made_after_the_index') IS NOT NULL",
            "SELECT string_agg(n || ' ' || step || ' ' || digest || ' ' || (finished_at IS NOT"
                + " NULL), ', ' ORDER BY n) FROM plumb.steps",
            "SELECT string_agg(kind || ' ' || state || ' ' || changed, ', ' ORDER BY id)"
                + " FROM plumb.runs")
        .map(sql -> String.valueOf(database.queryValue(sql)))
        .collect(Collectors.joining("\n", database.fingerprint("numbers", "id") + "\n", ""));
  }
}

package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables in parts. */
class PartitionsTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void events() {
    database.execute(
        "CREATE TABLE events (id integer, day date, kind text, value integer,"
            + " PRIMARY KEY (day, id)) PARTITION BY RANGE (day)",
        "CREATE TABLE events_jan PARTITION OF events"
            + " FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
        "CREATE TABLE events_rest PARTITION OF events DEFAULT",
        "INSERT INTO events SELECT i, date '2024-01-01' + i % 60, 'k', 0"
            + " FROM generate_series(1, 600) AS i");
  }

  @Test
  void a_column_is_derived_across_partitions() {
    RunReport report =
        Repairs.run(
            database,
            "says: The value is the id.\ntable: events\nderive: {value: id}\n",
            Repairs.batches(50, 2));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "events WHERE value = id")).isEqualTo(600);
    assertThat(count(database, "plumb.image_1_1")).isEqualTo(600);
  }

  @Test
  void a_table_with_inheriting_ones_is_refused_since_its_key_does_not_cover_them() {
    database.execute(
        "CREATE TABLE parent (id integer PRIMARY KEY, v integer)",
        "CREATE TABLE child (x integer) INHERITS (parent)",
        "INSERT INTO parent VALUES (1, 10)",
        "INSERT INTO child VALUES (1, 20, 1)");
    String one = "says: All are one.\ntable: %s\nderive: {v: \"1\"}\n";
    assertThatThrownBy(() -> Repairs.plan(database, one.formatted("parent")))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
              assertThat(e.what()).contains("the tables that inherit from it");
            });
    database.execute("ALTER TABLE child ADD PRIMARY KEY (id)");
    assertThat(Repairs.run(database, one.formatted("child")).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "ONLY parent WHERE v = 10")).isEqualTo(1);
  }

  @Test
  void rows_that_move_to_another_partition_keep_their_images() {
    database.execute(
        "CREATE TABLE boxes (id integer, box text, PRIMARY KEY (id, box)) PARTITION BY LIST (box)",
        "CREATE TABLE boxes_a PARTITION OF boxes FOR VALUES IN ('a')",
        "CREATE TABLE boxes_b PARTITION OF boxes FOR VALUES IN ('b')",
        "CREATE TABLE things (id integer PRIMARY KEY, box text) PARTITION BY HASH (id)",
        "CREATE TABLE things_0 PARTITION OF things FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
        "CREATE TABLE things_1 PARTITION OF things FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
        "INSERT INTO things SELECT i, 'a' FROM generate_series(1, 50) AS i");
    RunReport report =
        Repairs.run(
            database,
            "says: In box b.\ntable: things\nderive: {box: \"'b'\"}\n",
            Repairs.batches(7, 2));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    Repairs.imagesAreComplete(database, report, 1, 50);
    RunReport inserted =
        Repairs.run(
            database,
            """
            says: Each thing is in its box.
            every: SELECT id, box FROM things
            has: boxes
            match: [id, box]
            """);
    assertThat(inserted.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "boxes_b")).isEqualTo(50);
  }

  /** Table inheritance of old: an update of the parent reaches the children's rows. */
  @Test
  void the_journal_names_the_parent() {
    Repairs.run(database, "says: The value is the id.\ntable: events\nderive: {value: id}\n");
    assertThat(database.query("SELECT changed_table FROM plumb.images"))
        .containsExactly(List.of("\"public\".\"events\""));
  }
}

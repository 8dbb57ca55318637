package dev.plumbline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.database.Database;
import dev.plumbline.document.Document;
import dev.plumbline.document.DocumentTransform;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Inputs;
import dev.plumbline.document.Limits;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.execution.Settings;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.transform.ColumnTransform;
import dev.plumbline.transform.DocumentRollback;
import dev.plumbline.transform.DocumentRollbackOptions;
import dev.plumbline.transform.TransformOptions;
import dev.plumbline.transform.TransformReport;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Times a transform of a jsonb column against the bare UPDATE that does the same, and shows what
 * the examination of a document takes by itself.
 */
final class DocumentsCost {
  private static final String ONE_UPDATE =
      "UPDATE docs SET doc = doc || '{\"v\": 2}' WHERE NOT doc ? 'v'";
  private static final String SAVE_AND_UPDATE =
      """
      WITH before AS (SELECT id, doc FROM docs WHERE NOT doc ? 'v'),
      kept AS (INSERT INTO saved SELECT id, CAST(doc AS text) FROM before)
      UPDATE docs SET doc = doc || '{"v": 2}' WHERE NOT doc ? 'v'""";

  private final Database database;
  private final Connection connection;
  private final long rows;
  private final boolean java;

  private DocumentsCost(Database database, Connection connection, long rows, boolean java) {
    this.database = database;
    this.connection = connection;
    this.rows = rows;
    this.java = java;
  }

  /**
   * @param java whether the transform is a Java class instead of a jq program
   */
  static void run(Database database, Connection connection, long rows, boolean java)
      throws Exception {
    new DocumentsCost(database, connection, rows, java).run();
  }

  /** The same as the jq program, in Java. */
  private static final class Version implements DocumentTransform {
    @Override
    public String name() {
      return "version";
    }

    @Override
    public JsonNode transform(JsonNode document, Map<String, JsonNode> inputs) {
      ((ObjectNode) document).put("v", 2);
      return document;
    }
  }

  private void run() throws Exception {
    System.out.printf("%,d jsonb documents of 1 kB%n%n", rows);
    System.out.println("| | s | ratio | documents/s |\n| --- | --- | --- | --- |");
    fresh();
    double one = row("one UPDATE", 0, seconds(() -> execute(ONE_UPDATE)));
    fresh();
    row("one UPDATE that saves the old texts", one, seconds(() -> execute(SAVE_AND_UPDATE)));
    Transform transform =
        transform(java ? new Program.JavaProgram(new Version()) : new Program.Jq(".v = 2"));
    row("examination alone, one thread", one, examination(transform));
    for (int workers : new int[] {2, 1}) {
      fresh();
      row("Plumbline, workers: " + workers, one, seconds(() -> transform(transform, workers)));
    }
    row("rollback: Plumbline", one, seconds(this::rollBack));
  }

  private static Transform transform(Program program) {
    return new Transform(
        "version",
        "Every document has its version.",
        "version",
        "doc",
        program,
        Map.of(),
        Set.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Limits.NONE,
        true,
        Map.of(),
        Inputs.NONE,
        Transform.DEFAULT_KEEP);
  }

  private void fresh() throws Exception {
    execute("DROP SCHEMA IF EXISTS plumb CASCADE");
    execute("DROP TABLE IF EXISTS docs, saved");
    execute("CREATE TABLE docs (id bigint PRIMARY KEY, doc jsonb NOT NULL)");
    execute("CREATE TABLE saved (id bigint, doc text)");
    execute(
        """
        INSERT INTO docs SELECT i, jsonb_build_object('n', i, 'm',
          (SELECT jsonb_object_agg('module-' || k, jsonb_build_object('started', true,
             'started_at', '2026-11-21T10:00:00Z', 'completed', k %% 2 = 0))
           FROM generate_series(1, 12) AS k))
        FROM generate_series(1, %d) AS i"""
            .formatted(rows));
    execute("VACUUM ANALYZE docs");
    execute("CHECKPOINT");
  }

  private void transform(Transform transform, int workers) {
    ColumnTransform column =
        new ColumnTransform(transform, column(), database, Settings.standard(), Clock.systemUTC());
    TransformOptions options =
        new TransformOptions(
            List.of(), Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), workers);
    TransformReport report =
        column.run(column.begin(options), "1", Optional.empty(), new Listener() {});
    if (report.run().run().state() != RunState.SUCCEEDED || report.run().run().changed() != rows) {
      throw new IllegalStateException(report.run().run().toString());
    }
  }

  private void rollBack() {
    DocumentRollback rollback =
        DocumentRollback.inColumn(
            transform(new Program.Jq(".v = 2")),
            column(),
            database,
            Settings.standard(),
            Clock.systemUTC());
    var report =
        rollback.run(
            rollback.plan(1, DocumentRollbackOptions.whole(), looked -> {}),
            Optional.empty(),
            new Listener() {});
    if (report.restored() != rows) {
      throw new IllegalStateException(report.toString());
    }
  }

  private static SourceSetting.Column column() {
    return new SourceSetting.Column("docs", Optional.empty(), Optional.empty());
  }

  /** What the examination of as many documents takes, without a database. */
  private double examination(Transform transform) throws Exception {
    fresh();
    Examiner examiner = new Examiner(transform, Clock.systemUTC());
    List<String> some;
    try (Statement statement = connection.createStatement();
        var result = statement.executeQuery("SELECT doc FROM docs ORDER BY id LIMIT 2000")) {
      some = new ArrayList<>();
      while (result.next()) {
        some.add(result.getString(1));
      }
    }
    examine(examiner, some, 20_000);
    int measured = 100_000;
    return seconds(() -> examine(examiner, some, measured)) * rows / measured;
  }

  private static void examine(Examiner examiner, List<String> texts, int times) {
    for (int i = 0; i < times; i++) {
      Document document = Document.of("1", Map.of("doc", texts.get(i % texts.size())));
      if (!(examiner.examine(document) instanceof Examination.Transformed)) {
        throw new IllegalStateException(document.toString());
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private double row(String name, double one, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %,.0f |%n",
        name,
        seconds,
        one == 0 ? 1 : seconds / one,
        rows / seconds);
    return seconds;
  }

  private void execute(String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

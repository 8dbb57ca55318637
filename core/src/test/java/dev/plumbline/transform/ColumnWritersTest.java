package dev.plumbline.transform;

import static dev.plumbline.transform.ColumnRuns.WRAP;
import static dev.plumbline.transform.ColumnRuns.batches;
import static dev.plumbline.transform.ColumnRuns.count;
import static dev.plumbline.transform.ColumnRuns.json;
import static dev.plumbline.transform.ColumnRuns.of;
import static dev.plumbline.transform.ColumnRuns.run;
import static dev.plumbline.transform.ColumnRuns.transform;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.document.DocumentTransform;
import dev.plumbline.document.Inputs;
import dev.plumbline.document.Limits;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.journal.SetAside;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Others write the same rows, or triggers have their say, while a column is transformed. */
class ColumnWritersTest {

  /** Wraps like jq does, and does something the first time that it sees a document. */
  private record Wrapping(IntConsumer meanwhile, Set<Integer> seen) implements DocumentTransform {
    @Override
    public String name() {
      return "wrapping";
    }

    @Override
    public JsonNode transform(JsonNode document, Map<String, JsonNode> inputs) {
      if (document.has("v")) {
        return document;
      }
      boolean first;
      synchronized (seen) {
        first = seen.add(document.get("n").asInt());
      }
      if (first) {
        meanwhile.accept(document.get("n").asInt());
      }
      ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
      wrapped.put("v", 2);
      wrapped.set("was", document);
      return wrapped;
    }
  }

  private static Transform meanwhile(IntConsumer work) {
    return new Transform(
        "wrap",
        "Documents are wrapped.",
        "java: wrapping",
        "doc",
        new Program.JavaProgram(new Wrapping(work, new HashSet<>())),
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

  @OnEachDatabase
  void a_row_that_changes_between_reading_and_writing_is_computed_anew(TestDatabase database) {
    ColumnTransformTest.documents(database, json(database));
    String type = json(database);
    Transform transform =
        meanwhile(
            n -> {
              switch (n) {
                case 1 ->
                    database.execute(
                        "UPDATE docs SET doc = CAST('{\"n\":1,\"new\":true}' AS "
                            + type
                            + ") WHERE id = 1");
                case 2 ->
                    database.execute(
                        "UPDATE docs SET doc = CAST('{\"v\":2,\"n\":2}' AS "
                            + type
                            + ") WHERE id = 2");
                case 4 -> database.execute("DELETE FROM docs WHERE id = 4");
                case 5 -> database.execute("UPDATE docs SET doc = NULL WHERE id = 5");
                case 7 -> database.execute("UPDATE docs SET note = 'by hand' WHERE id = 7");
                default -> {}
              }
            });
    TransformReport report = run(of(database, transform, "docs"), batches(10, 1));
    assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.run().run().changed()).isEqualTo(33);
    assertThat(database.queryValue("SELECT doc FROM docs WHERE id = 1"))
        .isIn(
            "{\"v\": 2, \"was\": {\"n\": 1, \"new\": true}}",
            "{\"v\":2,\"was\":{\"n\":1,\"new\":true}}");
    assertThat(count(database, "docs WHERE CAST(doc AS text) LIKE '%was%'")).isEqualTo(33);
    assertThat(database.queryValue("SELECT note FROM docs WHERE id = 7")).isEqualTo("by hand");
    assertThat(database.queryValue("SELECT doc FROM docs WHERE id = 5")).isNull();
  }

  @Test
  void no_change_of_writers_at_work_is_lost() throws InterruptedException, ExecutionException {
    try (TestDatabase database = TestDatabase.postgres()) {
      database.execute(
          "CREATE TABLE docs (id integer PRIMARY KEY, doc jsonb)",
          """
          INSERT INTO docs SELECT i, jsonb_build_object('n', i, 'c', 0)
          FROM generate_series(1, 2000) AS i""");
      AtomicBoolean done = new AtomicBoolean();
      AtomicInteger changes = new AtomicInteger();
      try (ExecutorService writers = Executors.newFixedThreadPool(2)) {
        List<Future<?>> running = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
          int seed = writer;
          running.add(writers.submit(() -> keepCounting(database, done, changes, seed)));
        }
        try {
          TransformReport report =
              run(of(database, transform("doc", WRAP), "docs"), batches(100, 2));
          assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
        } finally {
          done.set(true);
        }
        for (Future<?> writer : running) {
          writer.get();
        }
      }
      assertThat(changes.get()).isPositive();
      assertThat(count(database, "docs WHERE doc ->> 'v' = '2'")).isEqualTo(2_000);
      assertThat(database.queryValue("SELECT sum(CAST(doc #>> '{was,c}' AS integer)) FROM docs"))
          .isEqualTo(String.valueOf(changes.get()));
    }
  }

  /** Counts in documents, in whichever shape they are. */
  private static void keepCounting(
      TestDatabase database, AtomicBoolean done, AtomicInteger changes, int seed) {
    for (int i = seed; !done.get(); i += 7) {
      database.execute(
          """
          UPDATE docs SET doc = CASE WHEN doc ? 'v'
            THEN jsonb_set(doc, '{was,c}', to_jsonb(CAST(doc #>> '{was,c}' AS integer) + 1))
            ELSE jsonb_set(doc, '{c}', to_jsonb(CAST(doc ->> 'c' AS integer) + 1)) END
          WHERE id = %d"""
              .formatted(1 + i % 2_000));
      changes.incrementAndGet();
    }
  }

  @Test
  void a_trigger_that_suppresses_a_change_sets_that_row_aside() {
    try (TestDatabase database = TestDatabase.postgres()) {
      ColumnTransformTest.documents(database, "jsonb");
      database.execute(
          """
          CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN IF NEW.id = 5 THEN RETURN NULL; END IF; NEW.note := ''seen''; RETURN NEW; END'""",
          "CREATE TRIGGER keep BEFORE UPDATE ON docs FOR EACH ROW EXECUTE FUNCTION keep()");
      TransformReport report = run(of(database, transform("doc", WRAP), "docs"), batches(20, 1));
      assertThat(report.run().run().state()).isEqualTo(RunState.FAILED);
      assertThat(report.run().run().changed()).isEqualTo(35);
      assertThat(report.run().setAside())
          .singleElement()
          .extracting(SetAside::message)
          .asString()
          .contains("a row trigger of docs (keep) suppressed the change");
      assertThat(count(database, "docs WHERE note = 'seen'")).isEqualTo(35);
    }
  }
}

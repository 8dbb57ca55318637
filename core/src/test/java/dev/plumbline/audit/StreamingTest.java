package dev.plumbline.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Timeouts;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.InvariantReader;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every violation is handed on as it is read, in little memory however many they are. */
class StreamingTest {

  /** Audits with a sink that counts, and prints what it counted. */
  static final class Child {
    public static void main(String[] arguments) {
      AtomicLong rows = new AtomicLong();
      AtomicLong characters = new AtomicLong();
      ViolationSink counting =
          new ViolationSink() {
            @Override
            public void begin(Invariant invariant, List<String> columns) {}

            @Override
            public void accept(Violation violation) {
              rows.incrementAndGet();
              violation.values().forEach(v -> characters.addAndGet(String.valueOf(v).length()));
            }
          };
      AuditReport report =
          new Auditor(Database.of(JdbcUrl.parse(arguments[0])), Timeouts.READING)
              .audit(
                  "test",
                  List.of(
                      InvariantReader.read(
                          Path.of("marked.yaml"),
                          "says: Marked.\ntable: things\nderive: {marked: \"'yes'\"}\nshow: [note]\n")),
                  AuditOptions.standard().withSink(counting));
      long counted = report.results().getFirst().counts().orElseThrow().violations();
      System.out.println(counted + " " + rows + " " + characters);
    }
  }

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @Test
  void two_hundred_thousand_in_32_mb() {
    stream(200_000, 100, "-Xmx32m");
  }

  @Tag("torture")
  @Test
  void two_million_in_64_mb() {
    stream(2_000_000, 200, "-Xmx64m");
  }

  /** More text altogether than the heap would hold. */
  private void stream(long rows, int length, String heap) {
    database.execute(
        "CREATE TABLE things (id integer PRIMARY KEY, marked text, note text)",
        "INSERT INTO things SELECT i, 'no', repeat('x', "
            + length
            + ") FROM generate_series(1, "
            + rows
            + ") AS i");
    JavaProcess.Result result = JavaMain.of(Child.class).jvm(heap).arguments(database.url()).run();
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    String[] counted = result.stdout().strip().split(" ");
    assertThat(counted[0]).isEqualTo(String.valueOf(rows));
    assertThat(counted[1]).isEqualTo(String.valueOf(rows));
    assertThat(Long.parseLong(counted[2])).isGreaterThan(rows * length);
  }
}

package dev.plumbline.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Load: depth, size, threads. */
@WithParser
final class PostgresParserTest {
  private static final PostgresParser PARSER = new PostgresParser();

  @Test
  void reads_deep_nesting_or_says_that_it_is_too_deep() {
    Parsed nested = PARSER.parse("SELECT " + "(".repeat(500) + "1" + ")".repeat(500));
    Parsed tooDeep = PARSER.parse("SELECT " + "(SELECT ".repeat(20_000) + "1" + ")".repeat(20_000));
    Parsed after = PARSER.parse("SELECT 1");

    assertThat(nested.statements()).hasSize(1);
    assertThat(tooDeep.statements()).isEmpty();
    assertThat(tooDeep.errors()).hasSize(1);
    assertThat(after.statements()).hasSize(1);
  }

  @Test
  void reads_what_needs_more_memory_than_it_starts_with() {
    int rows = 20_000;
    String sql = "INSERT INTO t VALUES (0, 'é')" + ", (1, 'some text and more')".repeat(rows - 1);

    Parsed parsed = PARSER.parse(sql);

    assertThat(parsed.errors()).isEmpty();
    assertThat(parsed.statements().getFirst().tree().all("List").count()).isEqualTo(rows);
  }

  @Test
  void keeps_its_instance_unless_a_text_made_it_large() {
    PostgresParser parser = new PostgresParser();

    parser.parse("SELECT 1");
    parser.parse("SELEC");
    assertThat(parser.idling()).isEqualTo(1);

    parser.parse("SELECT 1" + ", 2".repeat(200_000));
    assertThat(parser.idling()).isZero();
  }

  @Test
  void works_for_several_threads_at_once() throws Exception {
    List<Callable<Integer>> jobs = new ArrayList<>();
    for (int job = 0; job < 16; job++) {
      int columns = job + 1;
      jobs.add(() -> columnsRead(columns));
    }

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> read = threads.invokeAll(jobs);
      for (int job = 0; job < read.size(); job++) {
        assertThat(read.get(job).get()).isEqualTo(job + 1);
      }
    }
  }

  private static int columnsRead(int columns) {
    String sql = "SELECT 'é'" + ", c".repeat(columns) + "; SELEC;";
    Parsed parsed = PARSER.parse(sql);
    assertThat(parsed.errors()).hasSize(1);
    return (int) parsed.statements().getFirst().tree().all("ColumnRef").count();
  }

  @Test
  void parses_many_texts_in_their_order() {
    List<String> texts = IntStream.range(0, 40).mapToObj(n -> "SELECT " + n).toList();
    assertThat(PARSER.parseAll(texts))
        .extracting(parsed -> parsed.statements().getFirst().text())
        .containsExactlyElementsOf(texts);
    assertThat(PARSER.parseAll(List.of())).isEmpty();
  }

  @Test
  void scans_tokens() {
    assertThat(PARSER.scan("SELECT \"é\"; -- x").orElseThrow())
        .containsExactly(
            new Token(0, 6, "UNKNOWN", "RESERVED_KEYWORD", "SELECT"),
            new Token(7, 10, "IDENT", "NO_KEYWORD", "\"é\""),
            new Token(10, 11, "ASCII_59", "NO_KEYWORD", ";"),
            new Token(12, 16, "SQL_COMMENT", "NO_KEYWORD", "-- x"));
    assertThat(PARSER.scan("SELECT 'abc")).isEmpty();
    assertThat(PARSER.scan("")).hasValue(List.of());
  }
}

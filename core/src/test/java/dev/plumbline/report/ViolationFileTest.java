package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.Violation;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.InvariantReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViolationFileTest {
  private static final AuditReport REPORT = new AuditReport("p", "d", Instant.EPOCH, List.of());
  private static final Invariant FIRST = none("first");
  private static final Invariant SECOND = none("second");

  @TempDir Path directory;

  private static Invariant none(String name) {
    return InvariantReader.read(Path.of(name + ".yaml"), "none: SELECT 1 AS id\nkey: id\n");
  }

  private static Violation violation(String... values) {
    return new Violation(Arrays.asList(values));
  }

  @Test
  void csv_tells_null_from_the_empty_text_and_quotes_what_needs_it() throws IOException {
    Path file = directory.resolve("v.csv");
    try (ViolationFile out = ViolationFile.create(file, false)) {
      out.begin(FIRST, List.of("id", "a b", "c"));
      out.accept(violation("1", null, ""));
      out.accept(violation("2", "say \"x\", y", "two\nlines"));
      out.finish(REPORT);
    }
    assertThat(Files.readString(file))
        .isEqualTo("id,a b,c\n1,,\"\"\n2,\"say \"\"x\"\", y\",\"two\nlines\"\n");
  }

  @Test
  void csv_of_several_invariants_has_the_columns_of_all() throws IOException {
    Path file = directory.resolve("v.csv");
    try (ViolationFile out = ViolationFile.create(file, true)) {
      out.begin(FIRST, List.of("id", "only\"first"));
      out.accept(violation("1", "line\nbreak"));
      out.begin(SECOND, List.of("other", "id"));
      out.accept(violation("o", "2"));
      out.finish(REPORT);
    }
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            invariant,id,"only""first",other
            first,1,"line
            break",
            second,2,,o
            """);
  }

  @Test
  void json_lines_and_one_array() throws IOException {
    Path lines = directory.resolve("v.jsonl");
    Path array = directory.resolve("v.json");
    for (Path file : List.of(lines, array)) {
      try (ViolationFile out = ViolationFile.create(file, true)) {
        out.begin(FIRST, List.of("id", "x"));
        out.accept(violation("1", null));
        out.accept(violation("2", "\u0007"));
        out.finish(REPORT);
      }
    }
    String first = "{\"invariant\":\"first\",\"id\":\"1\",\"x\":null}";
    String second = "{\"invariant\":\"first\",\"id\":\"2\",\"x\":\"\\u0007\"}";
    assertThat(Files.readString(lines)).isEqualTo(first + "\n" + second + "\n");
    assertThat(Files.readString(array)).isEqualTo("[\n" + first + ",\n" + second + "\n]\n");
  }

  @Test
  void two_queries_that_must_agree_show_the_difference() throws IOException {
    Path file = directory.resolve("v.csv");
    Invariant agree =
        InvariantReader.read(
            Path.of("agree.yaml"),
            """
            agree:
              left: SELECT 1 AS k, 2 AS n
              right: SELECT 1 AS k, 3 AS n
              by: k
            """);
    try (ViolationFile out = ViolationFile.create(file, false)) {
      out.begin(agree, List.of("k", "left_n", "right_n"));
      out.accept(violation("1", "2.50", "3"));
      out.accept(violation("2", null, "3"));
      out.accept(violation("3", "x", "3"));
      out.finish(REPORT);
    }
    assertThat(Files.readAllLines(file))
        .containsExactly("k,left_n,right_n,difference_n", "1,2.50,3,-0.50", "2,,3,-3", "3,x,3,");
  }

  @Test
  void an_unfinished_file_does_not_appear() throws IOException {
    for (String name : List.of("v.csv", "v.jsonl", "v.json")) {
      try (ViolationFile out = ViolationFile.create(directory.resolve(name), false)) {
        out.begin(FIRST, List.of("id"));
        out.accept(violation("1"));
      }
    }
    try (var left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void an_unknown_ending_is_refused() {
    assertThatThrownBy(() -> ViolationFile.create(directory.resolve("v.xlsx"), false))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.next()).contains(".csv"));
  }
}

package dev.plumbline.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of single documents. */
class ExaminerTest {
  private static Examination.Transformed transformed(String text) {
    return new Examination.Transformed(Map.of("state", text), Map.of());
  }

  @Test
  void a_document_is_transformed() {
    assertThat(
            Transforms.of("{new: .old, rest: del(.old)}")
                .examine("{\"old\": 1, \"a\": [1.0, \"x\"]}"))
        .isEqualTo(transformed("{\"new\":1,\"rest\":{\"a\":[1.0,\"x\"]}}"));
  }

  @Test
  void one_that_stays_as_it_is_is_unchanged() {
    assertThat(Transforms.of("if .old then {new: .old} else . end").examine("{ \"new\" : 1e0 }"))
        .isEqualTo(new Examination.Unchanged());
  }

  @Test
  void a_record_without_a_document_is_skipped() {
    Examiner examiner = Transforms.of(".").examiner();
    assertThat(examiner.examine(Document.of("7", Map.of()))).isEqualTo(new Examination.Skipped());
    assertThat(examiner.examine(Transforms.document(" "))).isEqualTo(new Examination.Skipped());
  }

  @Test
  void further_properties_see_both_shapes_the_time_and_the_record() {
    Examination examination =
        Transforms.of("{n: .o}")
            .reads("email")
            .also("was", "$before.o")
            .also("at", "$now")
            .also("of", "$record.email")
            .also("keys", "keys")
            .examiner()
            .examine(Document.of("1", Map.of("state", "{\"o\":1}", "email", "a@b.c")));
    assertThat(((Examination.Transformed) examination).after())
        .isEqualTo(
            Map.of(
                "state", "{\"n\":1}",
                "was", "1",
                "at", "2026-03-01T12:00:00Z",
                "of", "a@b.c",
                "keys", "[\"n\"]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".a[] ; Cannot iterate over string",
        ".a + 1 ; string cannot be added",
        "1, 2 ; the program gives 2 values, where one value is wanted",
        "empty ; the program gives nothing, where one value is wanted",
        ".b ; the program gives null, where a document is wanted",
        "error ; it calls `error` without a text",
        "error(.a[0:2] + \"\\n\" * 3 + \"x\") ; se x",
        "error(\"mine\") ; mine",
        "def f: f; f ; it calls itself too deep",
        "last(range(1e12)) ; range counts beyond 10000000",
        ".a | tonumber ; it cannot compute with a value of the document",
        ".a | test(\"(\") ; it cannot compute with a value of the document",
        "env ; Function env/0 does not exist",
        "$ENV ; $ENV is not defined",
        "now ; Function now/0 does not exist",
        "input ; Function input/0 does not exist",
        "debug_scope ; Function debug_scope/0 does not exist",
      })
  void a_program_that_fails_says_why_without_values(String line) {
    int split = line.lastIndexOf(" ; ");
    Examination examination =
        Transforms.of(line.substring(0, split)).examine("{\"a\":\"secret) (x\"}");
    assertThat(examination).isEqualTo(new Examination.Failed(line.substring(split + 3)));
  }

  @Test
  void a_document_that_is_null_may_stay_so() {
    assertThat(Transforms.of(".").examine("null")).isEqualTo(new Examination.Unchanged());
  }

  @Test
  void a_class_that_gives_nothing_fails() {
    for (JsonNode nothing : Arrays.asList(null, MissingNode.getInstance())) {
      assertThat(Transforms.of(new Program.JavaProgram(giving(nothing))).examine("{}"))
          .isEqualTo(new Examination.Failed("giving gives nothing, where one value is wanted"));
    }
    assertThat(Transforms.of(new Program.JavaProgram(giving(NullNode.getInstance()))).examine("{}"))
        .isEqualTo(new Examination.Failed("the program gives null, where a document is wanted"));
  }

  @SuppressWarnings("NullAway") // as classes of applications may
  private static DocumentTransform giving(@Nullable JsonNode result) {
    return new DocumentTransform() {
      @Override
      public String name() {
        return "giving";
      }

      @Override
      public JsonNode transform(JsonNode document, Map<String, JsonNode> inputs) {
        return result;
      }
    };
  }

  @Test
  void a_document_with_a_byte_order_mark_is_refused_by_that_name() {
    assertThat(Transforms.of("{a}").examine("\uFEFF{\"a\":1}"))
        .isEqualTo(
            new Examination.Failed(
                "It begins with a byte order mark, U+FEFF, in line 1, column 1"));
  }

  @Test
  void a_number_that_json_does_not_know_fails() {
    assertThat(Transforms.of("{a: infinite}").examine("{}")).isInstanceOf(Examination.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "{wrapped: .}", "[..] | length", "walk(.)", "tojson | fromjson"})
  void three_hundred_levels_are_transformed_or_refused_clearly(String jq) {
    String deep = "{\"a\":[".repeat(150) + "1" + "]}".repeat(150);
    Examination examination =
        Transforms.of(jq).preserve(true, true, "**.a").idempotent().examine(deep);
    if (examination instanceof Examination.Failed failed) {
      assertThat(failed.what()).isEqualTo("it calls itself too deep");
    } else {
      assertThat(examination).isNotInstanceOf(Examination.Skipped.class);
    }
  }

  @Test
  void a_class_of_the_application_transforms() {
    DocumentTransform rename =
        new DocumentTransform() {
          @Override
          public String name() {
            return "rename";
          }

          @Override
          public JsonNode transform(JsonNode document, Map<String, JsonNode> inputs) {
            ObjectNode object = (ObjectNode) document;
            object.set("new", object.remove("old"));
            return object;
          }
        };
    Transforms transform = Transforms.of(new Program.JavaProgram(rename));
    assertThat(transform.examine("{\"old\":1}")).isEqualTo(transformed("{\"new\":1}"));
    assertThat(transform.examine("[]"))
        .isEqualTo(new Examination.Failed("rename failed: ClassCastException"));
  }

  @Test
  void several_threads_get_what_each_asked_for() {
    Examiner examiner =
        Transforms.of(
                ". as $d | reduce range(20) as $i ({}; .[\"k\\($i)\"] = $d.n + $i) | {n: .k19}")
            .preserve(true, true, "{k}")
            .examiner();
    Set<Integer> wrong = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 2_000)
        .parallel()
        .forEach(
            i -> {
              Examination examination = examiner.examine(Transforms.document("{\"n\":" + i + "}"));
              List<String> findings =
                  examination instanceof Examination.Refused refused
                      ? refused.findings().stream().map(Examination.Finding::path).toList()
                      : List.of();
              boolean right =
                  findings.equals(List.of("n"))
                      && ((Examination.Refused) examination)
                          .after()
                          .orElseThrow()
                          .get("state")
                          .equals("{\"n\":" + (i + 19) + "}");
              if (!right) {
                wrong.add(i);
              }
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void without_an_inverse_nothing_is_carried_back() {
    assertThat(Transforms.of(".").examiner().carryBack("1", "1", "2"))
        .isEqualTo(new CarriedBack.Kept("the transform declares no inverse"));
  }

  @Test
  void what_changed_since_is_carried_back_and_the_rest_stays_as_it_was_written() {
    Examiner examiner =
        Transforms.of("{new: .old, k: .k}").inverse("{old: .new, k: .k}").examiner();
    assertThat(
            examiner.carryBack(
                "{\"k\":1.00,\"old\":{\"a\":1,\"b\":2}}",
                "{\"new\":{\"a\":1,\"b\":2},\"k\":1.00}",
                "{\"new\":{\"a\":1,\"c\":3},\"k\":1}"))
        .isEqualTo(new CarriedBack.Carried("{\"k\":1.00,\"old\":{\"a\":1,\"c\":3}}"));
  }
}

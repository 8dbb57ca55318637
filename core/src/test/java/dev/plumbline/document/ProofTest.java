package dev.plumbline.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.document.Examination.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results that break what was declared are refused, each with the place. */
class ProofTest {
  private static List<Finding> findings(Examination examination) {
    assertThat(examination).isInstanceOf(Examination.Refused.class);
    return ((Examination.Refused) examination).findings();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "del(.a.x) | a.x | is lost",
        ".a.x = 5 | a.x | is another value",
        "{c: .a} | a.x | is lost",
        ".a.z = 1 | a.z | was not there before",
      })
  void what_is_lost_changed_or_new_is_named(String jq, String path, String what) {
    assertThat(
            findings(
                Transforms.of(jq).preserve(false, false, "{p}.{key}").examine("{\"a\":{\"x\":1}}")))
        .contains(new Finding("preserve \"rule\"", path, what));
  }

  @Test
  void a_value_in_another_place_of_the_same_belonging_is_found() {
    Transforms transform =
        Transforms.of("{a: {new: .a}}").preserve(false, false, "{p}.x", "{p}.new.x");
    assertThat(transform.examine("{\"a\":{\"x\":1}}")).isInstanceOf(Examination.Transformed.class);
  }

  @Test
  void a_change_deep_in_a_value_is_told_with_both_places() {
    assertThat(
            findings(
                Transforms.of("{a: {new: {x: (.a.x | .deep[0].at = 2)}}}")
                    .preserve(false, false, "{p}.x", "{p}.new.x")
                    .examine("{\"a\":{\"x\":{\"deep\":[{\"at\":1}]}}}")))
        .containsExactly(
            new Finding("preserve \"rule\"", "a.x.deep.0.at", "is another value in a.new.x"));
  }

  @Test
  void copies_are_refused_unless_they_are_allowed() {
    String copy = ".b = .a";
    assertThat(findings(Transforms.of(copy).preserve(false, false, "*").examine("{\"a\":1}")))
        .containsExactly(new Finding("preserve \"rule\"", "a", "is there more often than before"));
    assertThat(Transforms.of(copy).preserve(true, false, "*").examine("{\"a\":1}"))
        .isInstanceOf(Examination.Transformed.class);
  }

  @Test
  void a_copy_that_differs_is_refused() {
    assertThat(
            findings(
                Transforms.of(".b.m = {n: (.a.m.n + 1)}")
                    .preserve(true, false, "*.{m}")
                    .examine("{\"a\":{\"m\":{\"n\":1}}}")))
        .containsExactly(new Finding("preserve \"rule\"", "b.m", "differs from a.m"));
  }

  @Test
  void digits_that_arithmetic_loses_are_missed() {
    assertThat(
            findings(
                Transforms.of(".n += 0")
                    .preserve(false, false, "n")
                    .examine("{\"n\":12345678901234567890}")))
        .containsExactly(new Finding("preserve \"rule\"", "n", "is another value"));
  }

  @Test
  void a_program_says_what_paths_cannot() {
    Transforms transform =
        Transforms.of("map(. + 1)").preserve("length, {path: [\"first\"], value: .[0]}");
    assertThat(findings(transform.examine("[1,2]")))
        .containsExactly(new Finding("preserve \"rule\"", "first", "is another value"));
  }

  @Test
  void a_text_that_is_too_long_is_refused() {
    Transforms transform = Transforms.of("{a: .b}").atMost(65_536);
    String fits = "{\"b\":\"" + "x".repeat(65_536 - 8) + "\"}";
    assertThat(transform.examine(fits)).isInstanceOf(Examination.Transformed.class);
    assertThat(findings(transform.examine(fits.replace("\"}", "y\"}"))))
        .containsExactly(
            new Finding(
                "limits", "", "the text for state has 65537 characters, 65536 are allowed"));
  }

  @Test
  void a_result_that_changes_again_is_refused() {
    assertThat(findings(Transforms.of(".n = .n + 1 | .m = 1").idempotent().examine("{\"n\":1}")))
        .containsExactly(new Finding("idempotent", "n", "changes when transformed again"));
    assertThat(
            findings(
                Transforms.of("if .n then {m: .n} else error(\"no n\") end")
                    .idempotent()
                    .examine("{\"n\":1}")))
        .containsExactly(
            new Finding("idempotent", "", "the result cannot be transformed again: no n"));
  }

  @Test
  void a_predicate_must_hold_also_where_nothing_changes() {
    Transforms transform = Transforms.of(".").check(new Check.Holds(new Program.Jq(".n > 0")));
    assertThat(transform.examine("{\"n\":1}")).isEqualTo(new Examination.Unchanged());
    assertThat(transform.examine("{\"n\":0}"))
        .isEqualTo(
            new Examination.Refused(
                List.of(new Finding("validate", "", "does not hold")), Optional.empty()));
  }

  @Test
  void a_schema_names_the_place() throws UnreadableJson {
    Check schema =
        new Check.Schema(
            "n.json", Json.read("{\"properties\":{\"list\":{\"items\":{\"type\":\"integer\"}}}}"));
    assertThat(
            findings(
                Transforms.of(".list += [\"secret\"]").check(schema).examine("{\"list\":[1]}")))
        .containsExactly(new Finding("validate", "list.1", "does not meet `type` of n.json"));
  }

  @Test
  void a_schema_that_points_elsewhere_is_refused_and_nothing_is_fetched() throws UnreadableJson {
    assertThat(Schemas.fault(Json.read("{\"$ref\":\"http://127.0.0.1:1/x.json\"}"))).isPresent();
  }

  @Test
  void half_a_surrogate_pair_is_kept_in_the_document_and_refused_in_plain_text() {
    Transforms transform = Transforms.of(".b = .a").also("name", ".a");
    assertThat(findings(transform.examine("{\"a\":\"\\ud800\"}")))
        .extracting(Finding::rule)
        .containsExactly("also \"name\"");
    assertThat(Transforms.of(".b = .a").examine("{\"a\":\"\\ud800\"}"))
        .isEqualTo(
            new Examination.Transformed(
                Map.of("state", "{\"a\":\"\\ud800\",\"b\":\"\\ud800\"}"), Map.of()));
  }
}

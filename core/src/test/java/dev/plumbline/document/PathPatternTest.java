package dev.plumbline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values a path names. */
class PathPatternTest {
  private static final String DOCUMENT =
      """
      {"algebra": {"modules": {"intro": {"done_at": 1}, "sets": {"done_at": 2}}, "seen_at": 3},
       "a.b": {"modules": [{"done_at": 4}, 5]}}""";

  private static List<String> found(String... patterns) throws UnreadableJson {
    Preserve.Values.At at =
        new Preserve.Values.At(Stream.of(patterns).map(PathPattern::parse).toList(), List.of());
    return new PathMatcher(at)
        .find(Json.read(DOCUMENT), Set.of()).stream()
            .map(found -> found.place() + " " + String.join(",", found.belongs()))
            .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "algebra.seen_at | [algebra.seen_at ]",
        "{pathway}.seen_at | [algebra.seen_at algebra]",
        "*.modules.{m}.done_at | [algebra.modules.intro.done_at intro, algebra.modules.sets.done_at sets, \"a.b\".modules.0.done_at 0]",
        "\"a.b\".modules.1 | [\"a.b\".modules.1 ]",
        "{p}.**.*_at | [algebra.seen_at algebra, algebra.modules.intro.done_at algebra, algebra.modules.sets.done_at algebra, \"a.b\".modules.0.done_at a.b]",
        "algebra.modules.{m:s*} | [algebra.modules.sets sets]",
        "nothing.* | []",
        "**.**.done_at | [algebra.modules.intro.done_at , algebra.modules.sets.done_at , \"a.b\".modules.0.done_at ]",
      })
  void names_values_with_what_they_belong_to(String pattern, String values) throws UnreadableJson {
    assertThat(found(pattern)).hasToString(values);
  }

  @Test
  void a_place_that_two_paths_name_is_one_place() throws UnreadableJson {
    assertThat(found("algebra.*.intro", "*.modules.intro")).hasSize(1);
  }

  @Test
  void a_glob_takes_any_characters_for_a_star() {
    assertThat(Glob.of("a*b*c").matches("abc")).isTrue();
    assertThat(Glob.of("a*b*c").matches("a-bc-b-c")).isTrue();
    assertThat(Glob.of("a*b*c").matches("acb")).isFalse();
    assertThat(Glob.of("ab*ba").matches("aba")).isFalse();
    assertThat(Glob.of("*_at").matches("_at")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a..b", ".a", "a.", "{}", "{a", "a{b}", "\"a", "{a b}", "\"a\"b"})
  void refuses_what_is_no_path(String text) {
    assertThatThrownBy(() -> PathPattern.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}

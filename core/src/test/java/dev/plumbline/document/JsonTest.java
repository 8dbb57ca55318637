package dev.plumbline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are read without losing anything, or not at all. */
class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":[true,null,\"\"]}",
        "12345678901234567890",
        "-9223372036854775809",
        "1.0",
        "1.10",
        "0.1000000000000000055511151231257827",
        "123456789.123456789123456789",
        "\"\\ud800\"",
        "\"x\\udc00\\ud800y\"",
        "\"\\u0000\\u001f\\n\\\"\\\\\"",
        "\"\uD83D\uDE00 \u2028 \u00e9 /\"",
      })
  void what_is_written_is_what_was_read(String text) throws UnreadableJson {
    assertThat(Json.write(Json.read(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e2 | 100",
        "1E400 | 1e+400",
        "1.0 | 1",
        "-0 | 0",
        "{\"a\":1,\"b\":2} | {\"b\":2.0,\"a\":1}",
        "9223372036854775807 | 9223372036854775807.0",
        "[18446744073709551616] | [1.8446744073709551616e19]",
      })
  void numbers_are_the_same_by_value(String one, String other) throws UnreadableJson {
    JsonNode left = Json.read(one);
    JsonNode right = Json.read(other);
    assertThat(Values.same(left, right)).isTrue();
    assertThat(Values.hash(left)).isEqualTo(Values.hash(right));
    assertThat(Differences.paths(one, other)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12345678901234567890 | 12345678901234567891",
        "0.1 | 0.1000000000000000055511151231257827",
        "1 | \"1\"",
        "null | false",
        "{} | []",
        "\"\\ud800\" | \"\\ud801\"",
      })
  void what_differs_at_all_differs(String one, String other) throws UnreadableJson {
    assertThat(Values.same(Json.read(one), Json.read(other))).isFalse();
    assertThat(Differences.same(one, other)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":1,\"a\":2} | Duplicate field 'a', in line 1, column 11",
        "{\"a\":{\"b\":1,\"c\":2,\"b\":3}} | Duplicate field 'b', in line 1, column 22",
        "hello secret | A word that is not JSON's stands there, in line 1, column 6",
        "NaN | A word that is not JSON's stands there, in line 1, column 4",
        "[1] 2 | Something follows the document, in line 1, column 5",
        "[1,] | Unexpected character (']' (code 93)), in line 1, column 4",
        "01 | Invalid numeric value: Leading zeroes not allowed, in line 1, column 2",
        "1e99999999999 | A number's exponent is beyond 10000, in line 1, column 14",
        "[1e1000000000] | A number's exponent is beyond 10000, in line 1, column 14",
      })
  void what_cannot_be_kept_is_refused_with_its_place(String text, String message) {
    UnreadableJson error = catchThrowableOfType(UnreadableJson.class, () -> Json.read(text));
    assertThat(error).hasMessage(message);
  }

  @Test
  void three_hundred_levels_are_kept() throws UnreadableJson {
    String deep = "{\"a\":[".repeat(150) + "1" + "]}".repeat(150);
    assertThat(Json.write(Json.read(deep))).isEqualTo(deep);
    assertThat(Differences.paths(deep, deep.replace('1', '2'))).hasSize(1);
  }

  @Test
  void what_is_nested_beyond_all_use_is_refused() {
    UnreadableJson error =
        catchThrowableOfType(UnreadableJson.class, () -> Json.read("[".repeat(100_000)));
    assertThat(error).hasMessageStartingWith("It is nested more than 512 deep, in line 1");
  }

  @Test
  void differences_are_told_by_their_paths() {
    assertThat(
            Differences.paths(
                "{\"a\":{\"b.c\":1,\"d\":[1,2]},\"e\":1,\"g\":[]}",
                "{\"a\":{\"b.c\":2,\"d\":[1,3]},\"f\":null,\"g\":[]}"))
        .containsExactly("a.\"b.c\"", "a.d.1", "e", "f");
    assertThat(Differences.paths("[1]", "[1,2]")).containsExactly("");
    assertThat(Differences.paths("no json", "1")).containsExactly("");
    assertThat(Differences.same("no json", "no json")).isTrue();
  }
}

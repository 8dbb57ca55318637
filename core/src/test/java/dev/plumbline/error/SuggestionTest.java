package dev.plumbline.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  private static final List<String> KEYS = List.of("table", "tolerate", "where", "with", "by");

  @ParameterizedTest
  @CsvSource({"tabel,table", "tabl,table", "tables,table", "TABLE,table", "wehre,where", "bi,by"})
  void finds_the_nearest_word(String written, String meant) {
    assertThat(Suggestion.closest(written, KEYS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"colour", "x", "wherever"})
  void finds_nothing_where_nothing_is_near(String written) {
    assertThat(Suggestion.closest(written, KEYS)).isEmpty();
  }

  @Test
  void takes_the_first_in_the_alphabet_of_equally_near_words() {
    assertThat(Suggestion.closest("cat", List.of("rat", "bat"))).contains("bat");
  }

  @Test
  void lists_what_is_allowed_where_nothing_is_near() {
    assertThat(Suggestion.sentence("tabel", KEYS)).isEqualTo("Did you mean `table`?");
    assertThat(Suggestion.sentence("colour", List.of("a", "b"))).isEqualTo("Allowed here: a, b.");
  }
}

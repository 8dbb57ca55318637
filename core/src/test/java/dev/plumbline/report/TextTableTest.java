package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class TextTableTest {
  private static final TextStyle PLAIN = TextStyle.plain();

  private static TextStyle wide(int columns) {
    return new TextStyle(false, OptionalInt.of(columns), "plumb");
  }

  @Test
  void numbers_stand_to_the_right_and_null_is_named() {
    TextTable table =
        new TextTable(
            List.of("id", "name"), List.of(Arrays.asList("7", "a"), Arrays.asList("12", null)), 1);
    assertThat(table.lines(PLAIN, 2)).containsExactly("  id  name", "   7  a", "  12  NULL");
  }

  @Test
  void wide_characters_take_two_columns_and_marks_take_none() {
    TextTable table =
        new TextTable(
            List.of("name", "x"),
            List.of(List.of("日本", "a"), List.of("e\u0301e", "b"), List.of("abcd", "c")),
            1);
    assertThat(table.lines(PLAIN, 0))
        .containsExactly("name  x", "日本  a", "e\u0301e    b", "abcd  c");
  }

  @Test
  void what_a_terminal_would_act_on_is_shown_as_an_escape() {
    TextTable table = new TextTable(List.of("v"), List.of(List.of("a\u001b[31m\nb\t\u202ec")), 1);
    assertThat(table.lines(PLAIN, 0).get(1)).isEqualTo("a\\u001b[31m\\nb\\t\\u202ec");
  }

  @Test
  void long_values_are_cut_even_without_a_terminal() {
    TextTable table = new TextTable(List.of("v"), List.of(List.of("x".repeat(500))), 1);
    assertThat(table.lines(PLAIN, 0).get(1)).hasSize(80).endsWith("…");
  }

  @Test
  void columns_without_room_are_left_out_from_the_right_and_named() {
    TextTable table =
        new TextTable(
            List.of("key", "first", "second"),
            List.of(List.of("k".repeat(30), "f".repeat(50), "s".repeat(50))),
            1);
    List<String> lines = table.lines(wide(80), 0);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).isEqualTo("k".repeat(30) + "  " + "f".repeat(35) + "…");
    assertThat(lines.get(2)).isEqualTo("not shown for lack of room: second");
  }

  @Test
  void the_key_is_never_left_out() {
    TextTable table =
        new TextTable(List.of("a", "b"), List.of(List.of("1".repeat(30), "2".repeat(30))), 2);
    assertThat(table.lines(wide(20), 0).get(1)).contains("1".repeat(30), "2".repeat(30));
  }

  /** A look at all rows for each cell would take hours here. */
  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void a_table_of_very_many_rows_takes_time_in_proportion() {
    List<List<String>> rows =
        IntStream.range(0, 200_000).mapToObj(i -> List.of("" + i, "name", "" + i * 2)).toList();
    List<String> lines =
        new TextTable(List.of("id", "name", "double"), List.copyOf(rows), 1).lines(PLAIN, 0);
    assertThat(lines).hasSize(200_001);
    assertThat(lines.getLast()).isEqualTo("199999  name  399998");
  }
}

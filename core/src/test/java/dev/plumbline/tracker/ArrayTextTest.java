package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayTextTest {

  @Test
  void elements_come_back_as_they_were() {
    List<String> elements = List.of("SELECT 1", "a \"b\" \\ c", "", "{x,y}", "NULL");
    assertThat(ArrayText.read(ArrayText.write(elements))).isEqualTo(elements);
  }

  @Test
  void a_null_is_left_out() {
    assertThat(ArrayText.read("{a,NULL,\"NULL\"}")).containsExactly("a", "NULL");
    assertThat(ArrayText.read("{}")).isEmpty();
  }
}

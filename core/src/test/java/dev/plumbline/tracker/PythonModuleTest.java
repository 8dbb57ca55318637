package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PythonModuleTest {

  @Test
  void assignments_are_read_with_annotations_and_over_several_lines() {
    PythonModule module =
        PythonModule.of(
            """
            revision: str = "a1"  # not "a2"
            down_revision: Union[str, Sequence[str], None] = (
                'b1',  # nor "b9"
                "b2",
            )
            depends_on = None
            """);
    assertThat(module.texts("revision")).containsExactly("a1");
    assertThat(module.texts("down_revision")).containsExactly("b1", "b2");
    assertThat(module.assigns("depends_on")).isTrue();
    assertThat(module.texts("depends_on")).isEmpty();
  }

  @Test
  void what_stands_in_a_text_or_deeper_is_no_assignment() {
    PythonModule module =
        PythonModule.of(
            """
            \"""Say what.

            revision = "in the docstring"
            \"""
            if revision == "compared":
                pass
            def upgrade():
                down_revision = "in a function"
            """);
    assertThat(module.docstring()).startsWith("Say what.");
    assertThat(module.assigns("revision")).isFalse();
    assertThat(module.assigns("down_revision")).isFalse();
    assertThat(module.inClass("down_revision")).isPresent();
  }

  @Test
  void quotes_in_quotes_and_brackets_in_quotes_are_content() {
    PythonModule module = PythonModule.of("a = ['it\\'s', \"(\", r'#x']\nb = 'next'\n");
    assertThat(module.texts("a")).containsExactly("it's", "(", "#x");
    assertThat(module.texts("b")).containsExactly("next");
  }
}

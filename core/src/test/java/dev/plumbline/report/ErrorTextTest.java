package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
  private static final Path FILE = Path.of("invariants", "one.yaml");

  private static String shown(String source, Problem... problems) {
    return new ErrorText(TextStyle.plain(), file -> Optional.of(source))
        .of(new ProjectException(List.of(problems)));
  }

  @Test
  void the_line_is_shown_with_marks_below_the_offending_text() {
    assertThat(
            shown(
                "says: x\ntable: 日本 thinks\n",
                new Problem(
                    new Position(FILE, 2, 11),
                    "there is no table `thinks`",
                    "thinks",
                    Optional.of("Did you mean `things`?"))))
        .isEqualTo(
            """
            error: invariants/one.yaml:2:11: there is no table `thinks`
             2 | table: 日本 thinks
               |             ^^^^^^
                Did you mean `things`?

            Nothing was changed.
            Mend the line above and run the command again.
            """);
  }

  @Test
  void a_place_beyond_the_file_shows_the_message_alone() {
    assertThat(
            shown(
                "one line",
                new Problem(new Position(FILE, 9, 9), "is missing", "", Optional.empty())))
        .startsWith("error: invariants/one.yaml:9:9: is missing\n\nNothing");
  }

  @Test
  void a_file_cannot_send_escapes_to_the_terminal() {
    assertThat(
            shown(
                "a: \u001b]0;title\u0007",
                new Problem(new Position(FILE, 1, 1), "bad \u001b[2J", "a", Optional.empty())))
        .doesNotContain("\u001b")
        .contains("\\u001b]0;title\\u0007");
  }

  @Test
  void an_error_has_three_parts() {
    String text =
        new ErrorText(TextStyle.plain(), file -> Optional.empty())
            .of(new PlumblineException(ErrorCode.BUSY, "It is busy.", "Nothing lost.", "Wait."));
    assertThat(text).isEqualTo("error: It is busy.\nNothing lost.\nWait.\n");
  }
}

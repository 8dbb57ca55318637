package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
  private static final Path FILE = Path.of("audit/red.txt");

  @TempDir Path root;

  @Test
  void compares_with_what_was_written_once() {
    golden(true).assertMatches(FILE, "618 violations in 12 ms\n");
    golden(false).assertMatches(FILE, "618 violations in 5 ms\n");
    assertThat(root.resolve(FILE)).hasContent("618 violations in <time>\n");
    assertThatThrownBy(() -> golden(false).assertMatches(FILE, "617 violations in 5 ms\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("617", "618", "golden.update=true");
  }

  @Test
  void a_missing_file_is_a_failure() {
    assertThatThrownBy(() -> golden(false).assertMatches(FILE, "anything"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("golden.update=true");
    assertThat(root.resolve(FILE)).doesNotExist();
  }

  private Golden golden(boolean update) {
    return new Golden(root, update, List.of()).and("\\d+ ms", "<time>");
  }
}

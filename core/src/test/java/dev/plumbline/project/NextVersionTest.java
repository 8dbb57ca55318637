package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The next version follows the style of the files that are there. */
class NextVersionTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T17:30:09Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "018_fill.sql, 019_",
    "18_fill.sql, 19_",
    "099_fill.sql, 100_",
    "999_fill.sql, 1000_",
    "7-fill.sql, 8-",
    "V018__fill.sql, V019__",
    "V1.9__fill.sql, V1.10__",
    "V2_09__fill.sql, V2_10__",
    "20260115093000_fill.sql, 20261121173009_",
    "V20260115093000__fill.sql, V20261121173009__",
    "20991231235959_fill.sql, 20991231235960_",
    "20261121173009_fill.sql, 20261121173010_",
    "20260115_fill.sql, 20260116_",
  })
  void it_follows_the_last(String file, String next) {
    assertThat(NextVersion.after(List.of(file), CLOCK)).isEqualTo(next);
  }

  @Test
  void the_last_is_the_greatest_number_and_not_the_last_name() {
    assertThat(NextVersion.after(List.of("10_b.sql", "9_a.sql", "README.md", "old.sql"), CLOCK))
        .isEqualTo("11_");
  }

  @Test
  void the_first_of_all_is_001() {
    assertThat(NextVersion.after(List.of(), CLOCK)).isEqualTo("001_");
    assertThat(NextVersion.after(List.of("README.md"), CLOCK)).isEqualTo("001_");
  }
}

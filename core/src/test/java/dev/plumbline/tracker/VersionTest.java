package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void numbers_are_compared_as_numbers() {
    assertThat(Version.of("1.10")).isGreaterThan(Version.of("1.9"));
    assertThat(Version.of("2024.01.31_2")).isGreaterThan(Version.of("2024.01.31"));
    assertThat(Version.of("20240101000000")).isGreaterThan(Version.of("7"));
  }

  @Test
  void zeros_at_either_end_say_nothing() {
    assertThat(Version.of("001.0")).isEqualTo(Version.of("1")).hasToString("1");
    assertThat(Version.of("10")).hasToString("10");
    assertThat(Version.of("0")).hasToString("0");
  }
}

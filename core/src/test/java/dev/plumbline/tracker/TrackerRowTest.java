package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerRowTest {

  @ParameterizedTest
  @CsvSource({
    "2024-01-01 10:00:00.5, 2024-01-01T10:00:00.500Z",
    "2024-01-01T10:00:00Z, 2024-01-01T10:00:00Z",
    "2024-01-01 12:00:00+02, 2024-01-01T10:00:00Z",
    "2024-01-01 15:30:00.123456+05:30, 2024-01-01T10:00:00.123456Z",
    "2024-01-01 05:00:00 -0500 EST, 2024-01-01T10:00:00Z",
    "1704103200000, 2024-01-01T10:00:00Z",
    "1704103200, 2024-01-01T10:00:00Z",
  })
  void a_time_is_read_however_it_is_written(String text, Instant at) {
    assertThat(row("at", text).at("at")).contains(at);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2024-13-45 10:00:00"})
  void what_is_no_time_is_none(String text) {
    assertThat(row("at", text).at("at")).isEmpty();
  }

  @Test
  void columns_are_found_in_any_case() {
    assertThat(row("MigrationId", "1").text("migrationid")).contains("1");
    assertThat(row("a", "t").isTrue("A")).isTrue();
    assertThat(row("a", "0").isTrue("a")).isFalse();
    assertThat(row("a", "1").isTrue("b")).isFalse();
  }

  private static TrackerRow row(String column, String value) {
    return new TrackerRow(Map.of(column, value));
  }
}

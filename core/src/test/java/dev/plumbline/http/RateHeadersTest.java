package dev.plumbline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateHeadersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        " 7 |7",
        "Sun, 01 Mar 2026 08:01:30 GMT|90",
        "Sun, 01 Mar 2026 07:00:00 GMT|0"
      })
  void says_how_long_to_wait(String text, long seconds) {
    assertThat(headers(Map.of("retry-after", text)).retryAfter())
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "1.5", "99999999999999999999", "٣", "1 March"})
  void what_cannot_be_understood_counts_as_not_said(String text) {
    RateHeaders said = headers(Map.of("retry-after", text, "x-hubspot-ratelimit-remaining", text));
    assertThat(said.retryAfter()).isEqualTo(Optional.empty());
    assertThat(said.remaining()).isEmpty();
  }

  @Test
  void says_what_is_allowed_and_what_is_left() {
    RateHeaders said =
        headers(
            Map.of(
                "x-hubspot-ratelimit-max", "100",
                "x-hubspot-ratelimit-remaining", "3",
                "x-hubspot-ratelimit-interval-milliseconds", "5000",
                "x-hubspot-ratelimit-daily", "250000",
                "x-hubspot-ratelimit-daily-remaining", "249999"));
    assertThat(said.max()).hasValue(100);
    assertThat(said.remaining()).hasValue(3);
    assertThat(said.interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(said.daily()).hasValue(250_000);
    assertThat(said.dailyRemaining()).hasValue(249_999);
  }

  private static RateHeaders headers(Map<String, String> headers) {
    return RateHeaders.of(headers, VirtualTime.START);
  }
}

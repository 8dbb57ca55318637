package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  private static final BigDecimal TEN_PERCENT = BigDecimal.TEN;

  private static boolean isAbove(long now, long before) {
    return Thresholds.DEFAULT.isAbove(
        Duration.ofMillis(now), Duration.ofMillis(before), TEN_PERCENT);
  }

  @Test
  void exactly_as_much_as_allowed_is_allowed() {
    assertThat(isAbove(1_100, 1_000)).isFalse();
    assertThat(isAbove(1_101, 1_000)).isTrue();
  }

  @Test
  void what_is_within_the_noise_counts_as_equal() {
    assertThat(isAbove(4, 2)).isFalse();
    assertThat(isAbove(22, 2)).isFalse();
    assertThat(isAbove(23, 2)).isTrue();
  }

  @Test
  void five_percent_of_twenty_answers_are_one() {
    assertThat(Thresholds.DEFAULT.isTooMany(1, 20)).isFalse();
    assertThat(Thresholds.DEFAULT.isTooMany(2, 20)).isTrue();
  }
}

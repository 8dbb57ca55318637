package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentileTest {
  private static List<Duration> millis(int... values) {
    return IntStream.of(values).mapToObj(Duration::ofMillis).toList();
  }

  @Test
  void is_always_a_value_that_was_measured() {
    List<Duration> five = millis(50, 15, 40, 20, 35);
    assertThat(Percentile.of(five, 5)).contains(Duration.ofMillis(15));
    assertThat(Percentile.of(five, 30)).contains(Duration.ofMillis(20));
    assertThat(Percentile.of(five, 40)).contains(Duration.ofMillis(20));
    assertThat(Percentile.of(five, 50)).contains(Duration.ofMillis(35));
    assertThat(Percentile.of(five, 100)).contains(Duration.ofMillis(50));
  }

  @Test
  void of_twenty_the_95th_leaves_one_above_it() {
    List<Duration> twenty = IntStream.rangeClosed(1, 20).mapToObj(Duration::ofMillis).toList();
    assertThat(Percentile.of(twenty, 95)).contains(Duration.ofMillis(19));
    assertThat(Percentile.of(twenty, 50)).contains(Duration.ofMillis(10));
  }

  @Test
  void of_one_and_of_none() {
    assertThat(Percentile.of(millis(7), 95)).contains(Duration.ofMillis(7));
    assertThat(Percentile.of(List.of(), 95)).isEmpty();
  }
}

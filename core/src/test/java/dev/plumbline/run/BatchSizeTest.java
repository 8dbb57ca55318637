package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
  private static final Duration TARGET = Duration.ofMillis(500);

  private final BatchSize size = new BatchSize(TARGET, 2_000, 500, 100_000);

  @Test
  void grows_by_a_fifth_at_most() {
    size.took(Duration.ofMillis(1));
    assertThat(size.rows()).isEqualTo(2_400);
    size.took(Duration.ofMillis(1));
    assertThat(size.rows()).isEqualTo(2_880);
  }

  @Test
  void stops_growing_at_the_most() {
    for (int i = 0; i < 100; i++) {
      size.took(Duration.ofMillis(1));
    }
    assertThat(size.rows()).isEqualTo(100_000);
  }

  @Test
  void falls_at_once_as_far_as_the_duration_says() {
    size.took(Duration.ofMillis(950));
    assertThat(size.rows()).isEqualTo(1_000);
  }

  @Test
  void does_not_fall_below_the_least_for_slowness() {
    for (int i = 0; i < 20; i++) {
      size.took(Duration.ofSeconds(30));
    }
    assertThat(size.rows()).isEqualTo(500);
  }

  @Test
  void settles_near_the_size_that_takes_the_target_time() {
    for (int i = 0; i < 60; i++) {
      size.took(Duration.ofNanos(size.rows() * 50_000L)); // 10,000 rows take the target time
    }
    assertThat(size.rows()).isBetween(9_000, 10_000);
  }

  @Test
  void one_slow_batch_among_fast_ones_is_softened() {
    size.took(Duration.ofMillis(475));
    int before = size.rows();
    size.took(Duration.ofMillis(950));
    assertThat(size.rows()).isBetween(before * 6 / 10, before * 8 / 10);
  }

  @Test
  void a_timeout_halves_even_below_the_least_down_to_one_row() {
    size.timedOut();
    assertThat(size.rows()).isEqualTo(1_000);
    for (int i = 0; i < 20; i++) {
      size.timedOut();
    }
    assertThat(size.rows()).isEqualTo(1);
  }

  @Test
  void recovers_after_timeouts() {
    for (int i = 0; i < 20; i++) {
      size.timedOut();
    }
    for (int i = 0; i < 60; i++) {
      size.took(Duration.ofMillis(1));
    }
    assertThat(size.rows()).isGreaterThan(1_000);
  }

  @Test
  void a_fixed_size_changes_only_for_timeouts() {
    BatchSize fixed = BatchSize.fixed(100);
    fixed.took(Duration.ofMillis(1));
    fixed.took(Duration.ofHours(1));
    assertThat(fixed.rows()).isEqualTo(100);
    fixed.timedOut();
    assertThat(fixed.rows()).isEqualTo(50);
  }
}

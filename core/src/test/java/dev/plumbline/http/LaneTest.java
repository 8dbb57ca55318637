package dev.plumbline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final VirtualTime time = new VirtualTime();

  /** A service's own rolling window. */
  private static final class Window {
    private final ArrayDeque<Long> admitted = new ArrayDeque<>();
    private final int most;
    private final long nanos;

    Window(int most, Duration length) {
      this.most = most;
      this.nanos = length.toNanos();
    }

    boolean admits(long now) {
      while (!admitted.isEmpty() && admitted.peekFirst() <= now - nanos) {
        admitted.removeFirst();
      }
      if (admitted.size() >= most) {
        return false;
      }
      admitted.addLast(now);
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "190, 10, 0.05",
    "100, 10, 0.1",
    "5, 1, 0.05",
    "10, 1, 0",
    "190, 10, 0",
    "7, 10, 0.5"
  })
  void stays_within_any_window_from_the_first_second_on(int limit, int seconds, double headroom)
      throws InterruptedException {
    Duration length = Duration.ofSeconds(seconds);
    Lane lane = new Lane(limit, length, headroom, time);
    Window window = new Window(limit, length);
    int taken = 0;
    while (time.passed().compareTo(length.multipliedBy(30)) < 0) {
      lane.take();
      lane.leave(time.nanos());
      assertThat(window.admits(time.nanos())).as("request %s", taken).isTrue();
      taken++;
    }
    double permitted = limit * (1 - headroom) * 30;
    assertThat(taken / permitted).isBetween(0.9, 1.05);
  }

  @Test
  void counts_what_is_long_on_its_way_when_it_may_have_come() throws InterruptedException {
    Lane lane = new Lane(5, Duration.ofSeconds(1), 0, time);
    long sent = time.nanos();
    for (int i = 0; i < 4; i++) {
      lane.take();
    }
    Duration stuck = Duration.ofSeconds(20);
    time.sleep(stuck.minus(time.passed()));
    for (int i = 0; i < 4; i++) {
      lane.leave(sent);
    }
    lane.take();
    assertThat(time.passed()).isEqualTo(stuck);
    lane.leave(time.nanos());
    lane.take();
    assertThat(time.passed()).isGreaterThanOrEqualTo(stuck.plusMillis(900));
  }

  @Test
  void a_refusal_lowers_the_rate_and_calm_raises_it_back() throws InterruptedException {
    Lane lane = new Lane(190, TEN_SECONDS, 0.05, time);
    assertThat(lane.permitted()).isEqualTo(18.05, Offset.offset(0.01));
    lane.take();
    lane.leave(time.nanos());
    lane.refused(time.nanos());
    assertThat(lane.permitted()).isEqualTo(18.05 * 0.85, Offset.offset(0.01));
    ask(lane, Duration.ofSeconds(5));
    assertThat(lane.permitted()).isBetween(18.05 * 0.9, 18.05 * 0.95);
    ask(lane, Duration.ofSeconds(10));
    assertThat(lane.permitted()).isEqualTo(18.05, Offset.offset(0.01));
  }

  private void ask(Lane lane, Duration duration) throws InterruptedException {
    Duration end = time.passed().plus(duration);
    while (time.passed().compareTo(end) < 0) {
      lane.take();
      lane.leave(time.nanos());
      lane.answered();
    }
  }

  @Test
  void several_refusals_at_once_lower_the_rate_once() {
    Lane lane = new Lane(190, TEN_SECONDS, 0.05, time);
    long sent = time.nanos();
    time.sleep(Duration.ofMillis(50));
    for (int i = 0; i < 10; i++) {
      lane.refused(sent);
    }
    assertThat(lane.permitted()).isEqualTo(18.05 * 0.85, Offset.offset(0.01));
  }

  @Test
  void never_stops_altogether() {
    Lane lane = new Lane(190, TEN_SECONDS, 0.05, time);
    for (int i = 0; i < 1_000; i++) {
      time.sleep(Duration.ofSeconds(1));
      lane.refused(time.nanos());
    }
    assertThat(lane.permitted()).isGreaterThan(0.5);
  }

  @Test
  void nobody_goes_while_it_is_held_and_then_not_all_at_once() throws InterruptedException {
    Lane lane = new Lane(190, TEN_SECONDS, 0.05, time);
    lane.hold(Duration.ofSeconds(7));
    lane.hold(Duration.ofSeconds(2));
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lane.take();
      lane.leave(time.nanos());
      times.add(time.passed().toMillis());
    }
    assertThat(times.getFirst()).isEqualTo(7_000);
    assertThat(times.getLast()).isGreaterThan(7_000 + 16 * 55);
  }

  @Test
  void finds_the_rate_that_others_leave_and_keeps_refusals_rare() throws InterruptedException {
    Lane lane = new Lane(190, TEN_SECONDS, 0.05, time);
    Window left = new Window(95, TEN_SECONDS);
    int admitted = 0;
    int refused = 0;
    Duration settled = Duration.ofMinutes(2);
    Duration end = Duration.ofMinutes(32);
    while (time.passed().compareTo(end) < 0) {
      lane.take();
      lane.leave(time.nanos());
      boolean counts = time.passed().compareTo(settled) > 0;
      if (left.admits(time.nanos())) {
        lane.answered();
        admitted += counts ? 1 : 0;
      } else {
        lane.refused(time.nanos());
        lane.hold(Duration.ofSeconds(1));
        refused += counts ? 1 : 0;
      }
    }
    assertThat(refused / (double) (admitted + refused)).isLessThan(0.01);
    assertThat(admitted / (9.5 * 30 * 60)).isGreaterThan(0.85);
  }

  @Test
  void believes_a_lower_limit_and_no_higher_one() {
    Lane lane = new Lane(190, TEN_SECONDS, 0, time);
    lane.lowerLimit(400, TEN_SECONDS);
    assertThat(lane.permitted()).isEqualTo(18.9, Offset.offset(0.01));
    lane.lowerLimit(10, Duration.ofSeconds(1));
    assertThat(lane.permitted()).isEqualTo(9.9, Offset.offset(0.01));
  }
}

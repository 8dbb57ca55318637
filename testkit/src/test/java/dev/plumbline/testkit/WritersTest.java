package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

class WritersTest {
  @Test
  void all_write_until_stopped() {
    AtomicLongArray written = new AtomicLongArray(3);
    try (Writers writers = Writers.start(3, (writer, round) -> written.set(writer, round + 1))) {
      Until.holds(
          "each has written", () -> written.get(0) > 0 && written.get(1) > 0 && written.get(2) > 0);
      writers.awaitRounds(10);
      assertThat(writers.stop()).isEmpty();
      assertThat(writers.rounds()).isEqualTo(written.get(0) + written.get(1) + written.get(2));
    }
  }

  @Test
  void a_failing_writer_fails_the_test() {
    IllegalStateException refused = new IllegalStateException("refused");
    Writers writers =
        Writers.start(
            2,
            (writer, round) -> {
              if (writer == 1) {
                throw refused;
              }
            });
    writers.awaitRounds(1);
    assertThatThrownBy(writers::close)
        .isInstanceOf(AssertionError.class)
        .hasMessage("1 writers failed")
        .hasSuppressedException(refused);
  }

  @Test
  void waiting_for_writers_that_have_all_failed_is_no_waiting() {
    Writers writers =
        Writers.start(
            1,
            (writer, round) -> {
              throw new IllegalStateException("refused");
            });
    assertThatThrownBy(() -> writers.awaitRounds(1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("refused");
  }
}

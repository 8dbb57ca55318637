package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UntilTest {
  @Test
  void looks_until_it_holds() {
    AtomicInteger looks = new AtomicInteger();
    Until.holds("looked three times", () -> looks.incrementAndGet() == 3);
  }

  @Test
  void ends_with_the_reason_when_it_never_holds() {
    IllegalStateException reason = new IllegalStateException("not there");
    assertThatThrownBy(
            () ->
                Until.holds(
                    Duration.ZERO,
                    "pigs fly",
                    () -> {
                      throw reason;
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("pigs fly")
        .hasCause(reason);
  }
}

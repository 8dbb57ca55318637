package dev.plumbline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private final VirtualTime time = new VirtualTime();
  private final Quota quota = new Quota("crm.example", 100, 0.05, time);

  @Test
  void gives_what_the_day_allows_and_says_when_the_next_begins() {
    take(95);
    assertThat(quota.left()).hasValue(0);
    assertUsedUp("2026-03-02T08:00:00Z");
    time.sleep(Duration.ofHours(23));
    assertUsedUp("2026-03-02T08:00:00Z");
    time.sleep(Duration.ofHours(1));
    take(95);
  }

  @Test
  void leaves_the_headroom_that_the_service_still_has_to_others() {
    take(1);
    quota.told(51, OptionalLong.of(1_000));
    take(1);
    assertThat(quota.left()).hasValue(51);
    quota.told(50, OptionalLong.of(1_000));
    assertUsedUp("when its own day begins");
  }

  @Test
  void asks_again_later_whether_a_new_day_has_begun() {
    quota.refused();
    assertUsedUp("when its own day begins");
    time.sleep(Duration.ofMinutes(10));
    take(1);
    quota.told(900, OptionalLong.of(1_000));
    take(1);
  }

  private void take(int times) {
    for (int i = 0; i < times; i++) {
      quota.take();
    }
  }

  private void assertUsedUp(String until) {
    assertThatThrownBy(quota::take)
        .isInstanceOfSatisfying(
            PlumblineException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.BUSY);
              assertThat(error.what()).contains("crm.example");
              assertThat(error.next()).contains(until);
            });
  }
}

package dev.plumbline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final VirtualTime time = new VirtualTime();
  private final InFlight inFlight = new InFlight(time);

  @Test
  void lets_no_more_in_than_its_limit_until_one_leaves() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      inFlight.enter();
    }
    CountDownLatch inside = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var fifth =
          threads.submit(
              () -> {
                inFlight.enter();
                inside.countDown();
                return true;
              });
      while (inFlight.waiting() == 0) {
        Thread.onSpinWait();
      }
      assertThat(inside.getCount()).isEqualTo(1);
      inFlight.leave();
      assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(fifth).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void grows_only_while_some_wait_for_it_rather_than_for_the_rate() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      inFlight.enter();
      inFlight.notSlowedByRate();
      inFlight.leave();
    }
    assertThat(inFlight.limit()).isEqualTo(4);
  }

  @Test
  void falls_once_for_time_outs_that_come_together() {
    inFlight.timedOut();
    inFlight.timedOut();
    assertThat(inFlight.limit()).isEqualTo(2);
    time.sleep(Duration.ofSeconds(1));
    inFlight.timedOut();
    time.sleep(Duration.ofSeconds(1));
    inFlight.timedOut();
    assertThat(inFlight.limit()).isEqualTo(1);
  }
}

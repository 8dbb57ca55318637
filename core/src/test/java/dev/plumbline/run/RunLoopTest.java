package dev.plumbline.run;

import static dev.plumbline.run.RowsInMemory.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.run.RowsInMemory.Range;
import dev.plumbline.run.Work.Signal;
import dev.plumbline.run.Work.Verified;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunLoopTest {
  private final RowsInMemory rows = new RowsInMemory(100);
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private BatchSize size = BatchSize.fixed(10);
  private int workers = 1;
  private Throttle throttle = Throttle.none();

  private RunState run() {
    return loop().run(RunState.PLANNED);
  }

  private RunLoop<Range> loop() {
    return new RunLoop<>(rows, size, workers, throttle, pauses::add, new Listener() {});
  }

  private void eachRowDoneOnce() {
    assertThat(rows.done).hasSize(100);
    assertThat(rows.done.values()).containsOnly(1);
  }

  @Test
  void does_every_slice_and_verifies() {
    assertThat(run()).isEqualTo(RunState.SUCCEEDED);
    eachRowDoneOnce();
    assertThat(rows.committed).hasSize(10).startsWith(new Range(1, 10));
    assertThat(rows.states).containsExactly("running", "verifying", "succeeded");
    assertThat(pauses).isEmpty();
  }

  @Test
  void nothing_to_do_is_verified_all_the_same() {
    RowsInMemory none = new RowsInMemory(0);
    RunState end =
        new RunLoop<>(none, size, 1, throttle, pauses::add, new Listener() {})
            .run(RunState.PLANNED);
    assertThat(end).isEqualTo(RunState.SUCCEEDED);
    assertThat(none.states).containsExactly("running", "verifying", "succeeded");
  }

  @ParameterizedTest
  @EnumSource(names = {"PAUSED", "FAILED", "VERIFYING"})
  void takes_up_a_run_from_where_it_was_left(RunState from) {
    assertThat(loop().run(from)).isEqualTo(RunState.SUCCEEDED);
    assertThat(rows.states).containsExactly("running", "verifying", "succeeded");
  }

  @Test
  void a_run_that_was_killed_while_running_just_goes_on() {
    assertThat(loop().run(RunState.RUNNING)).isEqualTo(RunState.SUCCEEDED);
    assertThat(rows.states).containsExactly("verifying", "succeeded");
  }

  // --- contention, timeouts, bad rows ---------------------------------------------------------

  @Test
  void contention_is_tried_again_after_growing_pauses() {
    AtomicInteger tries = new AtomicInteger();
    rows.beforeCommit =
        range -> {
          if (range.holds(15) && tries.incrementAndGet() <= 8) {
            throw failure(FailureKind.CONTENTION, "locked");
          }
        };
    assertThat(run()).isEqualTo(RunState.SUCCEEDED);
    eachRowDoneOnce();
    assertThat(pauses.stream().map(Duration::toMillis))
        .containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 3000L, 3000L);
  }

  @Test
  void contention_without_end_stops_the_run_as_busy() {
    rows.beforeCommit =
        range -> {
          if (range.holds(15)) {
            throw failure(FailureKind.CONTENTION, "locked");
          }
        };
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
    assertThat(rows.states).containsExactly("running", "failed");
    assertThat(pauses).hasSize(12);
    assertThat(rows.done.keySet()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void a_batch_that_times_out_is_halved_and_so_are_the_next() {
    rows.beforeCommit =
        range -> {
          if (range.size() > 3) {
            throw failure(FailureKind.TIMEOUT, "too slow");
          }
        };
    size = BatchSize.fixed(16);
    assertThat(run()).isEqualTo(RunState.SUCCEEDED);
    eachRowDoneOnce();
    assertThat(rows.committed).allMatch(range -> range.size() <= 3);
    assertThat(rows.quarantined).isEmpty();
  }

  @Test
  void a_single_row_that_times_out_is_tried_again_and_never_quarantined() {
    rows.beforeCommit =
        range -> {
          if (range.holds(42)) {
            throw failure(FailureKind.TIMEOUT, "too slow");
          }
        };
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TIMEOUT));
    assertThat(rows.quarantined).isEmpty();
    assertThat(rows.states).endsWith("failed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void a_bad_row_stands_alone_in_the_end_and_the_others_are_done(int threads) {
    workers = threads;
    size = BatchSize.fixed(50);
    Set<Integer> bad = Set.of(1, 42, 43, 100);
    rows.beforeCommit =
        range -> {
          if (bad.stream().anyMatch(range::holds)) {
            throw failure(FailureKind.DATA, "refused");
          }
        };
    assertThat(run()).isEqualTo(RunState.FAILED);
    assertThat(rows.quarantined.keySet()).isEqualTo(bad);
    assertThat(rows.quarantined.values()).containsOnly("refused");
    assertThat(rows.done).hasSize(96);
    assertThat(rows.done.values()).containsOnly(1);
    assertThat(rows.states).containsExactly("running", "verifying", "failed");
  }

  @Test
  void the_parts_of_a_failed_batch_do_not_make_the_next_ones_larger() {
    size = new BatchSize(Duration.ofHours(1), 50, 50, 1_000_000);
    rows.beforeCommit =
        range -> {
          if (range.holds(7)) {
            throw failure(FailureKind.DATA, "refused");
          }
        };
    run();
    assertThat(size.rows()).isEqualTo(60); // grown by the one full batch that was committed
  }

  @Test
  void splitting_and_setting_aside_wait_for_locks_too() {
    AtomicInteger busy = new AtomicInteger(3);
    AtomicInteger busyLater = new AtomicInteger(2);
    RowsInMemory locked =
        new RowsInMemory(100) {
          @Override
          public synchronized List<Range> split(Range range) {
            if (busy.getAndDecrement() > 0) {
              throw failure(FailureKind.CONTENTION, "locked");
            }
            return super.split(range);
          }

          @Override
          public synchronized void quarantine(Range single, PlumblineException error) {
            if (busyLater.getAndDecrement() > 0) {
              throw failure(FailureKind.CONTENTION, "locked");
            }
            super.quarantine(single, error);
          }
        };
    locked.beforeCommit =
        range -> {
          if (range.holds(7)) {
            throw failure(FailureKind.DATA, "refused");
          }
        };
    new RunLoop<>(locked, size, 1, throttle, pauses::add, new Listener() {}).run(RunState.PLANNED);
    assertThat(locked.quarantined.keySet()).containsExactly(7);
    assertThat(locked.done).hasSize(99);
    assertThat(pauses).hasSize(5);
  }

  @Test
  void stops_when_too_many_rows_are_bad() {
    RowsInMemory many = new RowsInMemory(5_000);
    many.beforeCommit =
        range -> {
          throw failure(FailureKind.DATA, "refused");
        };
    RunLoop<Range> loop = new RunLoop<>(many, size, 1, throttle, pauses::add, new Listener() {});
    assertThatThrownBy(() -> loop.run(RunState.PLANNED))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FAILED))
        .hasMessageContaining("1000 rows had to be set aside")
        .hasMessageContaining("refused");
    assertThat(many.quarantined).hasSize(1_000);
    assertThat(many.states).containsExactly("running", "failed");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"PERMISSION", "READ_ONLY", "DEFINITION", "RESOURCES", "OTHER"})
  void what_no_repetition_can_mend_stops_the_run_at_once(FailureKind kind) {
    rows.beforeCommit =
        range -> {
          if (range.holds(15)) {
            throw failure(kind, "no");
          }
        };
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    assertThat(pauses).isEmpty();
    assertThat(rows.quarantined).isEmpty();
    assertThat(rows.states).containsExactly("running", "failed");
  }

  @Test
  void a_failure_that_cannot_even_be_noted_is_added_to_the_first() {
    rows.beforeCommit =
        range -> {
          throw failure(FailureKind.OTHER, "first");
        };
    rows.transition =
        to -> {
          if (to == RunState.FAILED) {
            throw failure(FailureKind.CONNECTION, "second");
          }
          return to;
        };
    assertThatThrownBy(this::run)
        .hasMessage("first")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(pauses).isEmpty();
  }

  // --- outages --------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void an_outage_is_waited_out_and_the_journal_read_again(int threads) {
    workers = threads;
    AtomicInteger down = new AtomicInteger(4);
    rows.beforeCommit =
        range -> {
          if (range.holds(55) && down.getAndDecrement() > 0) {
            throw failure(FailureKind.CONNECTION, "gone");
          }
        };
    assertThat(run()).isEqualTo(RunState.SUCCEEDED);
    eachRowDoneOnce();
    assertThat(rows.reloads).isEqualTo(5);
    assertThat(rows.states).containsExactly("running", "verifying", "succeeded");
  }

  @Test
  void a_batch_whose_commit_was_not_acknowledged_is_not_done_twice() {
    AtomicInteger lost = new AtomicInteger(1);
    rows.afterCommit =
        range -> {
          if (range.holds(55) && lost.getAndDecrement() > 0) {
            throw failure(FailureKind.CONNECTION, "the reply was lost");
          }
        };
    assertThat(run()).isEqualTo(RunState.SUCCEEDED);
    eachRowDoneOnce();
  }

  @Test
  void a_long_run_survives_any_number_of_short_outages() {
    Set<Integer> struck = new HashSet<>();
    size = BatchSize.fixed(1);
    rows.beforeCommit =
        range -> {
          if (struck.add(range.from())) {
            throw failure(FailureKind.CONNECTION, "gone");
          }
        };
    assertThat(run()).isEqualTo(RunState.SUCCEEDED);
    eachRowDoneOnce();
    assertThat(pauses).hasSize(100).containsOnly(Duration.ofMillis(50));
  }

  @Test
  void a_server_that_stays_away_ends_the_run_after_about_a_minute() {
    rows.beforeCommit =
        range -> {
          if (range.holds(55)) {
            throw failure(FailureKind.CONNECTION, "gone");
          }
        };
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE));
    Duration waited = pauses.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(70));
  }

  @Test
  void outages_during_verification_and_between_states_are_waited_out_too() {
    AtomicInteger down = new AtomicInteger(2);
    RowsInMemory unsteady =
        new RowsInMemory(100) {
          @Override
          public synchronized Verified verify() {
            failSometimes();
            return super.verify();
          }

          @Override
          public synchronized RunState transition(RunState from, RunState to) {
            RunState reached = super.transition(from, to);
            failSometimes(); // it was done, and the reply was lost
            return reached;
          }

          @Override
          public synchronized void reload() {
            failSometimes();
            super.reload();
          }

          private void failSometimes() {
            if (down.getAndDecrement() > 0) {
              throw failure(FailureKind.CONNECTION, "gone");
            }
            down.set(2);
          }
        };
    RunState end =
        new RunLoop<>(unsteady, size, 1, throttle, pauses::add, new Listener() {})
            .run(RunState.PLANNED);
    assertThat(end).isEqualTo(RunState.SUCCEEDED);
    assertThat(unsteady.done).hasSize(100);
    assertThat(unsteady.done.values()).containsOnly(1);
    assertThat(pauses).hasSize(10);
  }

  // --- requests -------------------------------------------------------------------------------

  @Test
  void a_pause_asked_for_in_the_journal_is_granted_at_the_batch_s_end() {
    rows.asked = signal -> rows.committed.size() == 3 ? Signal.PAUSE : signal;
    assertThat(run()).isEqualTo(RunState.PAUSED);
    assertThat(rows.done).hasSize(30);
    assertThat(rows.states).containsExactly("running", "pausing", "paused");
  }

  @Test
  void a_cancellation_asked_for_in_the_journal_is_granted_at_the_batch_s_end() {
    rows.asked = signal -> rows.committed.size() == 3 ? Signal.CANCEL : signal;
    assertThat(run()).isEqualTo(RunState.CANCELLED);
    assertThat(rows.done).hasSize(30);
    assertThat(rows.states).containsExactly("running", "cancelling", "cancelled");
  }

  @Test
  void a_request_that_comes_after_the_last_batch_is_granted_before_the_verification() {
    rows.transition = to -> to == RunState.VERIFYING ? RunState.PAUSING : to;
    assertThat(run()).isEqualTo(RunState.PAUSED);
    eachRowDoneOnce();
  }

  @Test
  void a_cancellation_during_the_verification_is_granted() {
    rows.transition = to -> to == RunState.SUCCEEDED ? RunState.CANCELLING : to;
    assertThat(run()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void a_stop_from_within_the_process_pauses() {
    AtomicReference<Optional<RunLoop<Range>>> loop = new AtomicReference<>(Optional.empty());
    rows.afterCommit =
        range -> {
          if (range.holds(25)) {
            loop.get().orElseThrow().stop();
          }
        };
    RunLoop<Range> stopped = loop();
    loop.set(Optional.of(stopped));
    assertThat(stopped.run(RunState.PLANNED)).isEqualTo(RunState.PAUSED);
    assertThat(rows.done).hasSize(30);
    rows.afterCommit = range -> {};
    assertThat(loop().run(RunState.PAUSED)).isEqualTo(RunState.SUCCEEDED);
    eachRowDoneOnce();
  }

  @Test
  void an_interruption_is_kept_and_stops_the_run() throws Exception {
    AtomicReference<Boolean> flag = new AtomicReference<>(false);
    AtomicReference<RunState> end = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              end.set(run());
              flag.set(Thread.currentThread().isInterrupted());
            });
    rows.beforeCommit =
        range -> {
          if (range.holds(25)) {
            thread.interrupt();
            while (!Thread.currentThread().isInterrupted()) { // handed on to the workers
              LockSupport.park();
            }
          }
        };
    thread.start();
    thread.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(end.get()).isEqualTo(RunState.PAUSED);
    assertThat(flag.get()).isTrue();
    assertThat(rows.done).hasSize(30);
  }

  @Test
  void holds_while_the_server_is_in_trouble() {
    AtomicInteger trouble = new AtomicInteger(5);
    throttle =
        () -> trouble.getAndDecrement() > 0 ? Optional.of("a replica lags") : Optional.empty();
    List<String> heard = new ArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void holding(String why) {
            heard.add(why);
          }
        };
    RunState end =
        new RunLoop<>(rows, size, 1, throttle, pauses::add, listener).run(RunState.PLANNED);
    assertThat(end).isEqualTo(RunState.SUCCEEDED);
    assertThat(heard).hasSize(5).containsOnly("a replica lags");
    assertThat(pauses).hasSize(5).containsOnly(Duration.ofSeconds(1));
  }

  // --- workers and passes ---------------------------------------------------------------------

  @Test
  void workers_are_at_work_at_the_same_time() {
    workers = 3;
    size = BatchSize.fixed(1);
    CyclicBarrier all = new CyclicBarrier(3);
    rows.beforeCommit =
        range -> {
          if (range.from() <= 3) {
            try {
              all.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        };
    assertThat(run()).isEqualTo(RunState.SUCCEEDED);
    eachRowDoneOnce();
  }

  @Test
  void one_worker_s_failure_lets_the_others_finish_what_they_have_and_stops_the_run() {
    workers = 2;
    CyclicBarrier both = new CyclicBarrier(2);
    rows.beforeCommit =
        range -> {
          if (range.to() <= 20) {
            try {
              both.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
          if (range.holds(1)) {
            throw failure(FailureKind.PERMISSION, "no");
          }
        };
    assertThatThrownBy(this::run).hasMessage("no");
    assertThat(rows.done.keySet()).contains(11, 20);
    assertThat(rows.states).containsExactly("running", "failed");
  }

  @Test
  void goes_over_what_has_appeared_meanwhile_in_further_passes() {
    rows.verifications.add(new Verified(10, 10));
    rows.verifications.add(new Verified(10, 10));
    assertThat(run()).isEqualTo(RunState.SUCCEEDED);
    assertThat(rows.done).hasSize(120);
    assertThat(rows.states)
        .containsExactly(
            "running", "verifying", "running", "verifying", "running", "verifying", "succeeded");
  }

  @Test
  void gives_up_after_three_further_passes() {
    for (int i = 0; i < 10; i++) {
      rows.verifications.add(new Verified(10, 10));
    }
    assertThat(run()).isEqualTo(RunState.FAILED);
    assertThat(rows.done).hasSize(130);
    assertThat(rows.verifications).hasSize(6);
  }

  @Test
  void makes_no_further_pass_over_what_cannot_be_repaired() {
    rows.verifications.add(new Verified(5, 0));
    assertThat(run()).isEqualTo(RunState.FAILED);
    assertThat(rows.states).containsExactly("running", "verifying", "failed");
  }
}

package dev.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.run.RunState;
import dev.plumbline.run.Work.Signal;
import dev.plumbline.testkit.Faults;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.TestRole;
import dev.plumbline.testkit.Until;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes can never work on one run. */
class LeaseTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(30);

  @AutoClose private final TestDatabase database = TestDatabase.postgres();
  private final Database opened = Database.of(JdbcUrl.parse(database.url()));
  private Session session;
  private Journal journal;
  private Leases leases;
  private Requests requests;

  @BeforeEach
  void journal() {
    open();
    journal.create();
  }

  private void open() {
    session = opened.openForWriting(Timeouts.WRITING);
    journal = new Journal(session);
    leases = new Leases(session);
    requests = new Requests(session);
  }

  @AfterEach
  void close() {
    session.close();
  }

  private long begin(String invariant) {
    return journal.begin(
        new NewRun(
            NewRun.Kind.REPAIR,
            invariant,
            "",
            "",
            Scope.whole(),
            NewRun.Strategy.SCAN,
            OptionalInt.empty(),
            1,
            OptionalLong.empty(),
            0,
            Optional.empty()));
  }

  private static void isBusy(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
  }

  private Batch batch(long number) {
    return new Batch(number, 0, OptionalLong.of(number), "", "[\"1\"]", 1, Duration.ZERO);
  }

  @Test
  void a_run_that_is_held_is_busy() {
    long run = begin("one");
    leases.take(run, LONG);
    try (Session other = opened.openForWriting(Timeouts.WRITING)) {
      assertThatThrownBy(() -> new Leases(other).take(run, LONG))
          .satisfies(LeaseTest::isBusy)
          .hasMessageContaining("Run " + run + " is held by another process");
    }
    assertThat(journal.find(run).leaseLive()).isTrue();
  }

  @Test
  void one_invariant_has_one_active_run() {
    long run = begin("one");
    begin("other");
    assertThatThrownBy(() -> begin("one"))
        .satisfies(LeaseTest::isBusy)
        .hasMessage("Another run of one is active: run " + run + " (repair) is planned.")
        .extracting(e -> ((PlumblineException) e).next())
        .isEqualTo("Go on with it: plumb resume " + run + ", or end it: plumb cancel " + run);
    Lease lease = leases.take(run, LONG);
    journal.transition(lease, RunState.PLANNED, RunState.RUNNING);
    assertThatThrownBy(() -> begin("one"))
        .satisfies(LeaseTest::isBusy)
        .hasMessageContaining("run " + run + " (repair) is running, held by ")
        .extracting(e -> ((PlumblineException) e).next())
        .isEqualTo("Wait for it, or end it: plumb cancel " + run);
  }

  @Test
  void a_failed_run_cannot_go_on_while_another_of_its_invariant_is_active() {
    long failed = begin("one");
    Lease lease = leases.take(failed, LONG);
    journal.transition(lease, RunState.PLANNED, RunState.FAILED);
    long other = begin("one");
    assertThatThrownBy(() -> journal.transition(lease, RunState.FAILED, RunState.RUNNING))
        .satisfies(LeaseTest::isBusy)
        .hasMessage("Another run of one is active: run " + other + " (repair) is planned.");
  }

  @Test
  void a_lease_that_has_run_out_can_be_taken_and_its_holder_is_refused() {
    long run = begin("one");
    Lease first = leases.take(run, SHORT);
    try (Session other = opened.openForWriting(Timeouts.WRITING)) {
      Journal theirs = new Journal(other);
      Until.holds("it has run out", () -> !theirs.find(run).leaseLive());
      Lease second = new Leases(other).take(run, LONG);
      assertThat(second.token()).isGreaterThan(first.token());

      assertThat(leases.extend(first)).isFalse();
      assertThatThrownBy(() -> leases.extendOrStop(first)).satisfies(LeaseTest::isBusy);
      assertThatThrownBy(() -> journal.transition(first, RunState.PLANNED, RunState.RUNNING))
          .satisfies(LeaseTest::isBusy)
          .hasMessageContaining("another process took its lease");
      assertThat(journal.nextPass(first, 1)).isFalse();
      assertThat(theirs.find(run).state()).isEqualTo(RunState.PLANNED);
      assertThat(theirs.find(run).pass()).isZero();
      assertThat(new Leases(other).extend(second)).isTrue();
    }
  }

  @Test
  void a_batch_of_one_who_lost_the_lease_does_not_commit() {
    long run = begin("one");
    Lease first = leases.take(run, LONG);
    Progress progress = new Progress(session, run);
    assertThat(session.transaction(() -> progress.checkpoint(first, batch(1))))
        .isEqualTo(Signal.GO_ON);
    database.execute("UPDATE plumb.runs SET lease_token = lease_token + 1");
    database.execute("CREATE TABLE data (value integer)");

    assertThatThrownBy(
            () ->
                session.transaction(
                    () -> {
                      session.execute(Sql.of("INSERT INTO data VALUES (1)"));
                      return progress.checkpoint(first, batch(2));
                    }))
        .satisfies(LeaseTest::isBusy);
    assertThat(database.queryValue("SELECT count(*) FROM data")).isEqualTo("0");
    assertThat(database.queryValue("SELECT count(*) FROM plumb.batches")).isEqualTo("1");
  }

  /** An expired lease that nobody has taken is still its holder's: each batch extends it. */
  @Test
  void a_batch_that_outlasts_the_lease_commits_if_nobody_took_it() {
    long run = begin("one");
    Lease lease = leases.take(run, SHORT);
    Until.holds("it has run out", () -> !journal.find(run).leaseLive());
    session.transaction(() -> new Progress(session, run).checkpoint(lease, batch(1)));
    assertThat(journal.find(run).changed()).isEqualTo(1);
  }

  @Test
  void the_lease_of_a_session_that_is_gone_can_be_taken_at_once() {
    long run = begin("one");
    try (Session holder = opened.openForWriting(Timeouts.WRITING)) {
      new Leases(holder).take(run, LONG);
      assertThat(journal.find(run).leaseLive()).isTrue();
    }
    Until.holds("its session has ended", () -> !journal.find(run).leaseLive());
    assertThat(leases.take(run, LONG).token()).isEqualTo(2);
  }

  @Test
  void a_held_lease_is_extended_for_as_long_as_it_is_held() {
    long run = begin("one");
    try (HeldLease held = HeldLease.take(opened, run, Duration.ofMillis(300))) {
      assertThat(held.lease().token()).isEqualTo(1);
      String first = until();
      Until.holds(
          "it has been extended past its first end",
          () ->
              "t"
                  .equals(
                      database.queryValue(
                          "SELECT clock_timestamp() > timestamptz '"
                              + first
                              + "' + interval '1 second' AND lease_until > clock_timestamp()"
                              + " FROM plumb.runs")));
      assertThatThrownBy(() -> leases.take(run, LONG)).satisfies(LeaseTest::isBusy);
    }
    assertThat(journal.find(run).leaseLive()).isFalse();
    assertThat(journal.find(run).leaseOwner()).isEmpty();
    assertThat(leases.take(run, LONG).token()).isEqualTo(2);
  }

  private String until() {
    return String.valueOf(database.queryValue("SELECT lease_until FROM plumb.runs"));
  }

  @Test
  void a_held_lease_whose_session_is_killed_stands_on_another_at_its_next_beat() {
    long run = begin("one");
    session.close();
    try (HeldLease held = HeldLease.take(opened, run, Duration.ofSeconds(1))) {
      String before = holder();
      Faults.killBackends(database);
      Until.holds("another session stands for it", () -> !holder().equals(before));
      open();
      assertThat(journal.find(run).leaseLive()).isTrue();
      assertThat(leases.extend(held.lease())).isTrue();
    }
  }

  private String holder() {
    return String.valueOf(database.queryValue("SELECT lease_session FROM plumb.runs"));
  }

  @Test
  void beats_that_meet_a_lock_give_up_and_leave_the_lease_on_a_living_session() {
    long run = begin("one");
    try (HeldLease held = HeldLease.take(opened, run, Duration.ofMillis(300))) {
      AtomicInteger gaveUp = new AtomicInteger();
      AtomicBoolean waiting = new AtomicBoolean();
      session.transaction(
          () -> {
            session.execute(Sql.of("UPDATE plumb.runs SET planned = 1"));
            Until.holds(
                "three beats have waited for the row in vain",
                () -> {
                  boolean waits = waiters() > 0;
                  if (waiting.getAndSet(waits) && !waits) {
                    gaveUp.incrementAndGet();
                  }
                  return gaveUp.get() == 3;
                });
            return true;
          });
      Until.holds("it is extended again", () -> journal.find(run).leaseLive());
      assertThat(leases.extend(held.lease())).isTrue();
    }
  }

  private long waiters() {
    return Long.parseLong(
        String.valueOf(
            database.queryValue(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE wait_event_type = 'Lock' AND query LIKE '%lease_until%'")));
  }

  /** Of another role's session the server shows the process id only: it counts as alive. */
  @Test
  void a_role_that_may_not_see_the_holder_s_session_does_not_take_it_for_gone() {
    long run = begin("one");
    TestRole role =
        database.role(
            "USAGE ON SCHEMA plumb",
            "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA plumb");
    leases.take(run, LONG);
    Database asRole = Database.of(JdbcUrl.parse(role.url()));
    try (Session other = asRole.openForWriting(Timeouts.WRITING)) {
      assertThat(new Journal(other).find(run).leaseLive()).isTrue();
      assertThatThrownBy(() -> new Leases(other).take(run, LONG)).satisfies(LeaseTest::isBusy);
    }
  }

  // --- requests -------------------------------------------------------------------------------

  @Test
  void a_request_to_a_run_at_work_is_seen_by_its_next_batch() {
    long run = begin("one");
    Lease lease = leases.take(run, LONG);
    journal.transition(lease, RunState.PLANNED, RunState.RUNNING);
    assertThat(requests.ask(run, RunState.PAUSING)).isEqualTo(RunState.PAUSING);
    assertThat(session.transaction(() -> new Progress(session, run).checkpoint(lease, batch(1))))
        .isEqualTo(Signal.PAUSE);
    assertThat(requests.ask(run, RunState.CANCELLING)).isEqualTo(RunState.CANCELLING);
    assertThat(session.transaction(() -> new Progress(session, run).checkpoint(lease, batch(2))))
        .isEqualTo(Signal.CANCEL);
    assertThat(journal.transition(lease, RunState.RUNNING, RunState.VERIFYING))
        .isEqualTo(RunState.CANCELLING);
  }

  @Test
  void a_request_to_a_run_that_nobody_works_on_is_granted_at_once() {
    long run = begin("one");
    Lease lease = leases.take(run, LONG);
    journal.transition(lease, RunState.PLANNED, RunState.RUNNING);
    leases.release(lease);
    assertThat(journal.find(run).interrupted()).isTrue();
    assertThat(requests.ask(run, RunState.PAUSING)).isEqualTo(RunState.PAUSED);
    assertThat(journal.find(run).interrupted()).isFalse();
    assertThat(requests.ask(run, RunState.CANCELLING)).isEqualTo(RunState.CANCELLED);
    assertThat(journal.find(run).finishedAt()).isPresent();
    begin("one"); // it keeps nobody out any more
  }

  @Test
  void a_request_that_the_state_does_not_allow_is_wrong_usage() {
    long run = begin("one");
    Lease lease = leases.take(run, LONG);
    journal.transition(lease, RunState.PLANNED, RunState.FAILED);
    for (RunState wish : new RunState[] {RunState.PAUSING, RunState.CANCELLING}) {
      assertThatThrownBy(() -> requests.ask(run, wish))
          .isInstanceOfSatisfying(
              PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
          .hasMessageContaining("Run " + run + " is failed");
    }
    assertThatThrownBy(() -> requests.ask(99, RunState.PAUSING))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  // --- owners ---------------------------------------------------------------------------------

  @Test
  void this_process_is_not_gone_and_one_that_never_was_is() {
    Owner self = Owner.self();
    assertThat(self.gone()).isFalse();
    assertThat(Owner.parse(self.text())).isEqualTo(self);
    assertThat(new Owner(self.host(), self.pid(), self.started().minusSeconds(5)).gone())
        .as("an earlier process with the same id")
        .isTrue();
    assertThat(new Owner(self.host(), Integer.MAX_VALUE, self.started()).gone()).isTrue();
    assertThat(new Owner("elsewhere", Integer.MAX_VALUE, self.started()).gone())
        .as("of another machine nothing is known")
        .isFalse();
  }
}

package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.http.Call;
import dev.plumbline.probe.CommandedService.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbedRunTest {
  private final CommandedService service = new CommandedService();

  @TempDir Path folder;

  @AfterEach
  void close() {
    service.close();
  }

  private LogPlace place(String run) {
    return new LogPlace(folder, run);
  }

  private Probes probes() {
    return new Probes(
        List.of(
            new ProbeRequest(
                "health",
                Call.get(service.at("/health"), Map.of()),
                200,
                Optional.empty(),
                Optional.empty())),
        20,
        Thresholds.DEFAULT,
        Map.of(Measure.SLOWDOWN, OnBreach.ROLL_BACK),
        Duration.ZERO);
  }

  private void takes(long millis) {
    service.answers(n -> new Answer(200, "", Duration.ofMillis(millis)));
  }

  @Test
  void a_run_is_compared_with_what_was_before_it() {
    try (ProbedRun run = new ProbedRun(probes(), service)) {
      takes(100);
      run.before();
      run.begun(place("1"));
      takes(400);
      ProbeResult result = run.after(place("1"));
      assertThat(result.consequence()).contains(OnBreach.ROLL_BACK);
      assertThat(result.looks()).isEqualTo(1);
    }
  }

  @Test
  void a_run_that_goes_on_is_compared_with_what_was_before_it_began() {
    try (ProbedRun first = new ProbedRun(probes(), service)) {
      takes(100);
      first.before();
      first.begun(place("1"));
    }
    takes(400); // the half that is done has made it slow
    try (ProbedRun second = new ProbedRun(probes(), service)) {
      assertThat(second.goesOn(place("1")).requests().getFirst().p50())
          .contains(Duration.ofMillis(100));
      assertThat(second.after(place("1")).consequence()).contains(OnBreach.ROLL_BACK);
    }
  }

  @Test
  void without_a_record_a_run_that_goes_on_is_compared_with_now() {
    takes(400);
    try (ProbedRun run = new ProbedRun(probes(), service)) {
      assertThat(run.goesOn(place("1")).requests().getFirst().p50())
          .contains(Duration.ofMillis(400));
      assertThat(run.after(place("1")).consequence()).isEmpty();
    }
  }

  @Test
  void a_run_of_the_same_number_in_another_database_has_its_own_baseline() {
    try (ProbedRun run = new ProbedRun(probes(), service);
        ProbedRun other = new ProbedRun(probes(), service)) {
      takes(100);
      run.before();
      run.begun(place("1 of one"));
      takes(400);
      other.before();
      other.begun(place("1 of another"));
      assertThat(run.after(place("1 of one")).consequence()).contains(OnBreach.ROLL_BACK);
      assertThat(other.after(place("1 of another")).consequence()).isEmpty();
    }
  }

  @Test
  void a_run_that_another_process_has_begun_meanwhile_keeps_its_baseline() {
    try (ProbedRun first = new ProbedRun(probes(), service);
        ProbedRun second = new ProbedRun(probes(), service)) {
      takes(100);
      first.before();
      first.begun(place("1"));
      takes(400);
      second.before();
      second.joined(place("1"));
      assertThat(second.after(place("1")).consequence()).contains(OnBreach.ROLL_BACK);
    }
  }
}

package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.http.Call;
import dev.plumbline.probe.Baseline;
import dev.plumbline.probe.Breach;
import dev.plumbline.probe.Look;
import dev.plumbline.probe.Measure;
import dev.plumbline.probe.Measured;
import dev.plumbline.probe.OnBreach;
import dev.plumbline.probe.ProbeRequest;
import dev.plumbline.probe.ProbeResult;
import dev.plumbline.probe.Probes;
import dev.plumbline.probe.Thresholds;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeTextTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Probes PROBES =
      new Probes(
          List.of(request("progress of one"), request("enrollments")),
          20,
          Thresholds.DEFAULT,
          Map.of(),
          Duration.ofMinutes(2));
  private static final Baseline BASELINE =
      new Baseline(NOON, List.of(measured(41, 52, 0), measured(7, 1_250, 1)));

  private static ProbeRequest request(String name) {
    return new ProbeRequest(
        name,
        Call.get(URI.create("http://127.0.0.1/"), Map.of()),
        200,
        Optional.empty(),
        Optional.empty());
  }

  private static Measured measured(long p50, long p95, int errors) {
    return new Measured(
        20,
        errors,
        Optional.of(Duration.ofMillis(p50)),
        Optional.of(Duration.ofMillis(p95)),
        Optional.empty());
  }

  @Test
  void the_baseline_is_a_table() {
    assertThat(ProbeText.baseline(PROBES, BASELINE, TextStyle.plain()))
        .isEqualTo(
            """
            Probes before the run (latencies in ms, 20 samples each)
              request          p50    p95  wrong
              progress of one   41     52      0
              enrollments        7  1,250      1
            """);
  }

  @Test
  void a_service_that_answers_as_before() {
    Look look = new Look(NOON, List.of(measured(42, 55, 0), measured(7, 1_300, 1)), List.of());
    assertThat(
            ProbeText.result(
                new ProbeResult(PROBES, BASELINE, look, 11, Optional.empty()),
                "It failed.",
                TextStyle.plain()))
        .isEqualTo(
            """
            Probes after the run (latencies in ms, 20 samples each)
              request          p50 before  p50 after  p95 before  p95 after  wrong before  wrong after
              progress of one          41         42          52         55             0            0
              enrollments               7          7       1,250      1,300             1            1
              The service answers as before, in 11 looks over 2 min 0 s; no threshold is breached.
            """);
  }

  @Test
  void a_breach_and_what_it_means() {
    Measured gone =
        new Measured(20, 20, Optional.empty(), Optional.empty(), Optional.of("answered 500"));
    Look look =
        new Look(
            NOON,
            List.of(measured(42, 480, 0), gone),
            List.of(
                new Breach("progress of one", Measure.P95, "p95 480 ms, 52 ms before"),
                new Breach("enrollments", Measure.ERRORS, "20 of 20 answers are wrong")));
    assertThat(
            ProbeText.result(
                new ProbeResult(PROBES, BASELINE, look, 1, Optional.of(OnBreach.FAIL)),
                "The run failed; what it wrote stays.",
                TextStyle.plain()))
        .isEqualTo(
            """
            Probes after the run (latencies in ms, 20 samples each)
              request          p50 before  p50 after  p95 before  p95 after  wrong before  wrong after
              progress of one          41         42          52        480             0            0
              enrollments               7          –       1,250          –             1           20
              breached p95: progress of one: p95 480 ms, 52 ms before
              breached errors: enrollments: 20 of 20 answers are wrong
              The run failed; what it wrote stays.
            """);
  }
}

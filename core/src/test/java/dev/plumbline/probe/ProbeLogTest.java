package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.Call;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeLogTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Baseline BASELINE =
      new Baseline(
          NOON,
          List.of(
              new Measured(
                  20,
                  1,
                  Optional.of(Duration.ofNanos(41_000_000)),
                  Optional.of(Duration.ofNanos(52_123_000)),
                  Optional.of("answered 500, not 200"))));

  @TempDir Path folder;

  private LogPlace place(String run) {
    return new LogPlace(folder, run);
  }

  private static Probes probes(String name) {
    return new Probes(
        List.of(
            new ProbeRequest(
                name,
                Call.get(URI.create("http://127.0.0.1/"), Map.of()),
                200,
                Optional.empty(),
                Optional.empty())),
        20,
        Thresholds.DEFAULT,
        Map.of(),
        Duration.ZERO);
  }

  @Test
  void a_later_process_finds_the_baseline() {
    assertThat(new ProbeLog(place("1"), probes("read")).baseline()).isEmpty();
    new ProbeLog(place("1"), probes("read")).keep(BASELINE);
    assertThat(new ProbeLog(place("1"), probes("read")).baseline()).contains(BASELINE);
  }

  @Test
  void the_baseline_of_other_probes_is_none() {
    new ProbeLog(place("1"), probes("read")).keep(BASELINE);
    assertThat(new ProbeLog(place("1"), probes("other")).baseline()).isEmpty();
  }

  @Test
  void the_baseline_of_another_run_is_none() {
    new ProbeLog(place("1"), probes("read")).keep(BASELINE);
    assertThat(new ProbeLog(place("2"), probes("read")).baseline()).isEmpty();
  }

  @Test
  void every_look_is_added() throws IOException {
    ProbeLog log = new ProbeLog(place("1"), probes("read"));
    log.keep(BASELINE);
    log.add(new Look(NOON, BASELINE.requests(), List.of()));
    log.add(
        new Look(
            NOON,
            BASELINE.requests(),
            List.of(new Breach("read", Measure.P95, "p95 480 ms, 41 ms before"))));
    assertThat(Files.readString(folder.resolve("probes.json")))
        .containsOnlyOnce("\"measure\" : \"p95\"")
        .contains("p95 480 ms, 41 ms before");
    assertThat(log.baseline()).contains(BASELINE);
  }

  @Test
  void a_record_that_is_no_json_is_said_and_not_taken_for_none() throws IOException {
    Files.writeString(folder.resolve("probes.json"), "{");
    assertThatThrownBy(new ProbeLog(place("1"), probes("read"))::baseline)
        .isInstanceOf(PlumblineException.class)
        .hasMessageContaining("cannot be read");
  }
}

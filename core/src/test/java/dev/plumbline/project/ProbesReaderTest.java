package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.error.ProjectException;
import dev.plumbline.http.Call;
import dev.plumbline.probe.Measure;
import dev.plumbline.probe.OnBreach;
import dev.plumbline.probe.ProbeRequest;
import dev.plumbline.probe.Probes;
import dev.plumbline.probe.Thresholds;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesReaderTest {
  private static final String TRANSFORM =
      """
      says: It is.
      source: {files: documents}
      transform: .
      """;

  @TempDir Path directory;

  private Optional<Probes> read(String probes) {
    ReadOptions options =
        new ReadOptions(
            Optional.empty(),
            Map.of("CAMPUS_URL", "http://campus.internal:8080", "TOKEN", "s3cret"),
            Optional.empty());
    return TransformReader.read(
            Path.of("transforms/progress.yaml"), TRANSFORM + probes, options, directory)
        .probes();
  }

  private String faults(String probes) {
    return String.valueOf(
            catchThrowableOfType(ProjectException.class, () -> read(probes)).getMessage())
        .replace("transforms/progress.yaml:", "");
  }

  @Test
  void every_key_is_read() {
    Probes probes =
        read("""
            probes:
              requests:
                - get: ${CAMPUS_URL}/progress/read?contact=17
                  expect: {status: 200, body: '.pathways | length > 0', within: 500ms}
                - name: track
                  post: ${CAMPUS_URL}/events/track
                  headers: {Authorization: "Bearer ${TOKEN}"}
                  body: '{"contact": 17}'
                  expect: {status: 202}
              samples: 40
              thresholds: {p95: 12.5%, errors: 1%, slowdown: 100%, noise: 5ms}
              on_breach: {errors: roll_back}
              watch: 2m
            """)
            .orElseThrow();
    assertThat(probes.requests())
        .extracting(ProbeRequest::name)
        .containsExactly("GET http://campus.internal:8080/progress/read?contact=***", "track");
    assertThat(probes.requests())
        .extracting(request -> request.call().method())
        .containsExactly(Call.Method.GET, Call.Method.POST);
    ProbeRequest track = probes.requests().get(1);
    assertThat(track.call().headers()).containsEntry("Authorization", "Bearer s3cret");
    assertThat(track.call().body()).contains("{\"contact\": 17}");
    assertThat(track.status()).isEqualTo(202);
    assertThat(probes.requests().getFirst().within()).contains(Duration.ofMillis(500));
    assertThat(probes.requests().getFirst().body()).isPresent();
    assertThat(probes.samples()).isEqualTo(40);
    assertThat(probes.thresholds())
        .isEqualTo(
            new Thresholds(
                new BigDecimal("12.5"),
                new BigDecimal("1"),
                new BigDecimal("100"),
                Duration.ofMillis(5)));
    assertThat(probes.onBreach()).containsExactly(Map.entry(Measure.ERRORS, OnBreach.ROLL_BACK));
    assertThat(probes.watch()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void a_request_is_enough() {
    Probes probes =
        read("probes: {requests: [{get: \"https://campus.example.com/health\"}]}\n").orElseThrow();
    assertThat(probes.samples()).isEqualTo(20);
    assertThat(probes.thresholds()).isEqualTo(Thresholds.DEFAULT);
    assertThat(probes.onBreach()).isEmpty();
    assertThat(probes.watch()).isZero();
    assertThat(probes.requests().getFirst().status()).isEqualTo(200);
  }

  @Test
  void one_word_is_for_every_threshold() {
    Probes probes =
        read("""
            probes:
              requests: [{get: "http://h/a?id=1"}, {get: "http://h/a?id=2"}]
              on_breach: roll_back
            """)
            .orElseThrow();
    assertThat(probes.onBreach())
        .containsOnlyKeys(Measure.values())
        .containsValue(OnBreach.ROLL_BACK);
    assertThat(probes.requests())
        .extracting(ProbeRequest::name)
        .containsExactly("GET http://h/a?id=***", "GET http://h/a?id=*** (2)");
  }

  @Test
  void a_transform_may_have_none() {
    assertThat(read("")).isEmpty();
  }

  @Test
  void what_is_wrong_is_said_at_its_place_all_at_once() {
    assertThat(
            faults(
                """
                probes:
                  requests:
                    - get: ${CAMPUS_URL}/a
                      body: "{}"
                      expect: {status: 20, body: '.a |', within: 1m}
                    - post: ftp://someone:s3cret@campus/
                      body: "{"
                    - {get: "http://h/", post: "http://h/"}
                    - expect: {}
                    - got: http://h/
                  samples: 0
                  thresholds: {p95: 10, errors: many}
                  on_breach: rollback
                """))
        .isEqualTo(
            """
            7:7: `body` has no meaning with `get`
                Remove it; what the answer must be stands under `expect`.
            8:24: `status` is a whole number from 100 to 599, but here is `20`
                Write the number alone, without quotes or a unit.
            8:38: the jq program of `body` cannot be read: the program ends too early
                here: |', within: 1m}
                Mend the program here or just before.
            8:50: `within` is longer than a probe waits for an answer
                here: 1m}
                Write 10s or less.
            9:13: `post` is no address of a service: ftp://***@campus/
                Write http:// or https://, the host and the path; a user or a token belongs into `headers`.
            10:13: `body` is not JSON
                here: "{"
                Write JSON in quotes, such as `body: '{"contact": 17}'`.
            11:26: a probe is one request
                Write `get: address` or `post: address`.
            12:7: this probe does not say what is asked for
                Write `get: address` or `post: address`.
            13:7: the key `got` is not known
                Did you mean `get`?
            14:12: `samples` is a whole number from 1 to 1000, but here is `0`
                Write the number alone, without quotes or a unit.
            15:21: `p95` is a share in percent, but here is a number
                here: 10, errors: many}
                Write such as `p95: 10%`.
            15:33: `errors` is a share in percent, but here is text
                here: many}
                Write such as `errors: 10%`.
            16:14: `on_breach` is one of fail, roll_back, but here is `rollback`
                Write `on_breach: fail`.""");
  }
}

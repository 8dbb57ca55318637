package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.http.Call;
import dev.plumbline.probe.Measure;
import dev.plumbline.probe.OnBreach;
import dev.plumbline.probe.ProbeRequest;
import dev.plumbline.probe.Probes;
import dev.plumbline.probe.Thresholds;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            Map.of(
                "CAMPUS_URL", "http://campus.internal:8080",
                "CAMPUS_TOKEN", "s3cret",
                "TOKEN", "s3cret"),
            Optional.empty());
    return TransformReader.read(
            Path.of("transforms/progress.yaml"), TRANSFORM + probes, options, directory)
        .probes();
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
  void the_file_of_the_page_is_read() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "probes.md"));
    String text = page.split("```yaml\n", -1)[1].split("```", -1)[0];
    Probes probes = read(text.substring(text.indexOf("probes:"))).orElseThrow();
    assertThat(probes.requests()).hasSize(2);
    assertThat(probes.thresholds()).isEqualTo(Thresholds.DEFAULT); // as the page says
    assertThat(probes.onBreach())
        .containsOnly(
            Map.entry(Measure.ERRORS, OnBreach.ROLL_BACK),
            Map.entry(Measure.SLOWDOWN, OnBreach.ROLL_BACK));
    for (List<String> keys :
        List.of(
            ProbesReader.PROBES,
            ProbesReader.REQUEST,
            ProbesReader.EXPECT,
            ProbesReader.THRESHOLDS,
            ProbesReader.CONSEQUENCES)) {
      assertThat(keys).allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
    }
  }

  @Test
  void a_transform_may_have_none() {
    assertThat(read("")).isEmpty();
  }

  @Test
  void a_file_of_its_own_says_the_same() throws IOException {
    Files.createDirectories(directory.resolve("probes"));
    Files.writeString(
        directory.resolve("probes/campus.yaml"),
        """
        requests: [{get: "${CAMPUS_URL}/health"}]
        samples: 3
        """);
    assertThat(read("probes: campus\n"))
        .isEqualTo(read("probes:\n  requests: [{get: \"${CAMPUS_URL}/health\"}]\n  samples: 3\n"))
        .isPresent();
  }
}

package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.document.Predicate;
import dev.plumbline.document.Program;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.Call;
import dev.plumbline.http.Caller;
import dev.plumbline.probe.CommandedService.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProberTest {
  private static final String RIGHT = "{\"pathways\": {\"a\": 1}}";

  private final CommandedService service = new CommandedService();
  private final Caller caller = new Caller(Duration.ofSeconds(10), service);
  private final List<Look> looks = new ArrayList<>();

  @AfterEach
  void close() {
    caller.close();
    service.close();
  }

  private static Answer right(long millis) {
    return new Answer(200, RIGHT, Duration.ofMillis(millis));
  }

  private ProbeRequest request(String name, URI url) {
    return new ProbeRequest(
        name,
        Call.get(url, Map.of()),
        200,
        Optional.of(new Predicate(new Program.Jq(".pathways | length > 0"))),
        Optional.of(Duration.ofMillis(500)));
  }

  private Prober prober(Duration watch) {
    return new Prober(probes(watch), caller, service);
  }

  private Probes probes(Duration watch) {
    return new Probes(
        List.of(request("read", service.at("/progress/read?contact=17"))),
        20,
        Thresholds.DEFAULT,
        Map.of(Measure.ERRORS, OnBreach.ROLL_BACK),
        watch);
  }

  private Baseline baseline() {
    service.answers(n -> right(100));
    return prober(Duration.ZERO).baseline();
  }

  private Look after() {
    return prober(Duration.ZERO).watch(baselineOf100, looks::add);
  }

  private final Baseline baselineOf100 = baseline();

  @Test
  void the_baseline_is_how_the_service_answers_before() {
    assertThat(baselineOf100.requests())
        .containsExactly(
            new Measured(
                20,
                0,
                Optional.of(Duration.ofMillis(100)),
                Optional.of(Duration.ofMillis(100)),
                Optional.empty()));
    assertThat(service.requests())
        .hasSize(21) // the first one warms up
        .containsOnly("GET /progress/read?contact=17");
  }

  @Test
  void a_service_that_fails_already_is_no_baseline() {
    service.answers(n -> n % 5 == 0 ? new Answer(500, "", Duration.ZERO) : right(100));
    assertThatThrownBy(prober(Duration.ZERO)::baseline)
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.FAILED);
              assertThat(e.what())
                  .isEqualTo(
                      "The probe read fails before anything was changed: 4 of 20 answers are wrong"
                          + " (answered 500, not 200).");
            });
  }

  @Test
  void a_service_that_answers_as_before_breaches_nothing() {
    service.answers(n -> right(n % 20 == 0 ? 900 : 105)); // one in twenty is beyond `within`
    Look look = after();
    assertThat(look.breaches()).isEmpty();
    assertThat(look.now().getFirst().errors()).isEqualTo(1);
    assertThat(looks).containsExactly(look);
  }

  @Test
  void two_slow_answers_of_twenty_breach_the_95th_percentile_alone() {
    service.answers(n -> right(n % 10 == 0 ? 400 : 100));
    assertThat(after().breaches())
        .containsExactly(new Breach("read", Measure.P95, "p95 400 ms, 100 ms before"));
  }

  @Test
  void a_slowdown_is_the_median_s() {
    service.answers(n -> right(151));
    assertThat(after().breaches())
        .containsExactly(
            new Breach("read", Measure.P95, "p95 151 ms, 100 ms before"),
            new Breach("read", Measure.SLOWDOWN, "p50 151 ms, 100 ms before"));
  }

  @Test
  void the_95th_percentile_may_be_ten_percent_over_the_baseline() {
    service.answers(n -> right(121));
    assertThat(after().breaches())
        .containsExactly(new Breach("read", Measure.P95, "p95 121 ms, 100 ms before"));
    service.answers(n -> right(120)); // more than 10 %, but within the noise of 20 ms
    assertThat(after().breaches()).isEmpty();
  }

  @Test
  void wrong_statuses_bodies_and_times_are_errors_and_the_consequence_is_the_threshold_s() {
    service.answers(
        n ->
            switch (n % 10) {
              case 0 -> new Answer(200, "{\"pathways\": {}}", Duration.ofMillis(100));
              case 1 -> new Answer(503, "", Duration.ofMillis(1));
              default -> right(100);
            });
    Look look = after();
    assertThat(look.breaches())
        .containsExactly(
            new Breach(
                "read", Measure.ERRORS, "4 of 20 answers are wrong (the body is not as expected)"));
    assertThat(probes(Duration.ZERO).consequence(look.breaches())).isEqualTo(OnBreach.ROLL_BACK);
    assertThat(look.now().getFirst().p50()).contains(Duration.ofMillis(100));
  }

  @Test
  void bodies_that_are_no_json_are_errors() {
    service.answers(n -> new Answer(200, "<html>", Duration.ofMillis(100)));
    assertThat(after().breaches())
        .containsExactly(
            new Breach(
                "read", Measure.ERRORS, "20 of 20 answers are wrong (the body is not JSON)"));
  }

  @Test
  void a_service_that_is_gone_breaches_the_errors() {
    service.close();
    assertThat(after().breaches())
        .containsExactly(
            new Breach(
                "read", Measure.ERRORS, "20 of 20 answers are wrong (the connection was refused)"));
  }

  @Test
  void a_moment_s_trouble_is_not_a_breach() {
    service.answers(n -> n <= 21 + 20 ? new Answer(500, "", Duration.ZERO) : right(100));
    Look look = after();
    assertThat(look.breaches()).isEmpty();
    assertThat(look.now().getFirst().errors()).isZero();
    assertThat(service.requests()).hasSize(21 + 20 + 20); // looked at again at once
  }

  @Test
  void the_service_is_watched_until_the_time_is_over() {
    Look last = prober(Duration.ofSeconds(60)).watch(baselineOf100, looks::add);
    assertThat(last.isBreached()).isFalse();
    // A look takes 2 s, and 10 s lie between two of them; the last is when the time is over.
    assertThat(looks).hasSize(6).last().isEqualTo(last);
    assertThat(looks.get(1).at()).isEqualTo(looks.get(0).at().plusSeconds(12));
    assertThat(looks.get(5).at()).isAfterOrEqualTo(looks.get(0).at().plusSeconds(58));
  }

  @Test
  void the_watch_ends_with_the_first_breach() {
    service.answers(n -> n <= 21 + 3 * 20 ? right(100) : new Answer(404, "", Duration.ZERO));
    Look last = prober(Duration.ofSeconds(60)).watch(baselineOf100, looks::add);
    assertThat(looks).hasSize(4);
    assertThat(last.breaches())
        .containsExactly(
            new Breach(
                "read", Measure.ERRORS, "20 of 20 answers are wrong (answered 404, not 200)"));
  }

  @Test
  void each_request_is_compared_with_itself_by_turns() {
    Probes two =
        new Probes(
            List.of(request("one", service.at("/one")), request("two", service.at("/two"))),
            2,
            Thresholds.DEFAULT,
            Map.of(),
            Duration.ZERO);
    service.answers(n -> right(n % 2 == 0 ? 300 : 100)); // 21 requests lie behind
    Prober prober = new Prober(two, caller, service);
    Baseline baseline = prober.baseline();
    assertThat(baseline.requests().get(0).p50()).contains(Duration.ofMillis(300));
    assertThat(baseline.requests().get(1).p50()).contains(Duration.ofMillis(100));
    assertThat(prober.watch(baseline, looks::add).breaches()).isEmpty();
    assertThat(service.requests().subList(23, 27))
        .containsExactly("GET /one", "GET /two", "GET /one", "GET /two");
  }
}

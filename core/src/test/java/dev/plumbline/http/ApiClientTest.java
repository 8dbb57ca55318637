package dev.plumbline.http;

import static dev.plumbline.http.TestServer.cut;
import static dev.plumbline.http.TestServer.half;
import static dev.plumbline.http.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.ApiRequest.Kind;
import dev.plumbline.http.Reply.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientTest {
  private static final String TOKEN = "pat-very-secret";
  private static final String KEY = "key-very-secret";
  private static final Patience SHORT =
      new Patience(3, Duration.ofMillis(1), Duration.ofMillis(2), 5);
  private static final ApiRequest READ = ApiRequest.get("/things?key=query-secret");
  private static final ApiRequest WRITE = ApiRequest.post(Kind.WRITE, "/things", "{\"a\":1}");

  private final VirtualTime time = new VirtualTime();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ApiClient client(URI url, Duration timeout) {
    HttpLimits limits = new HttpLimits(1_000, 100, 1_000_000, 0.05, timeout);
    HttpSetting setting =
        new HttpSetting(
            url, Optional.of(new Credential.Token(TOKEN)), Map.of("X-Api-Key", KEY), limits);
    return new ApiClient(setting, new Budget("service", limits, time), SHORT);
  }

  private Reply send(ApiRequest request) {
    try (ApiClient client = client(server.uri(), Duration.ofSeconds(20))) {
      return client.send(request);
    }
  }

  @Test
  void sends_token_headers_and_body() {
    assertThat(send(WRITE))
        .isInstanceOfSatisfying(Answer.class, a -> assertThat(a.isSuccess()).isTrue());
    TestServer.Asked asked = server.asked().getFirst();
    assertThat(asked.header("Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(asked.header("X-api-key")).isEqualTo(KEY);
    assertThat(asked.header("Content-type")).isEqualTo("application/json");
    assertThat(asked.body()).isEqualTo("{\"a\":1}");
  }

  @Test
  void repeats_a_read_until_it_is_answered() {
    server.then(json(503, "<html>"), cut(), half(), json(200, "{\"n\":1}"));
    Answer answer = (Answer) send(READ);
    assertThat(answer.body().path("n").asInt()).isEqualTo(1);
    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void repeats_a_read_whose_answer_is_not_json() {
    server.then(json(200, "<html>login</html>"), json(200, "{} {}"), json(200, "[1]"));
    assertThat(((Answer) send(READ)).body()).hasSize(1);
    assertThat(server.asked()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void repeats_a_read_that_takes_too_long(boolean afterHeaders) {
    server.then(server.hang(afterHeaders));
    try (ApiClient client = client(server.uri(), Duration.ofMillis(300))) {
      assertThat(client.send(READ)).isInstanceOf(Answer.class);
    }
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void reads_what_is_nested_deep() {
    String deep = "[".repeat(300) + "]".repeat(300);
    server.then(json(200, deep));
    assertThat(((Answer) send(READ)).body().toString()).isEqualTo(deep);
  }

  @Test
  void gives_up_an_answer_that_is_too_large() {
    server.otherwise(
        (exchange, request) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = new byte[1_048_576];
          for (int i = 0; i < 70; i++) {
            exchange.getResponseBody().write(blanks);
          }
          exchange.close();
        });
    assertThatThrownBy(() -> send(READ)).hasMessageContaining("larger than 64 MB");
  }

  @Test
  void gives_up_when_nothing_helps_and_tells_no_secret() {
    server.otherwise(json(500, "{\"message\":\"" + TOKEN + "\"}"));
    PlumblineException error = failure(READ);
    assertThat(error.code()).isEqualTo(ErrorCode.UNREACHABLE);
    assertThat(error.what()).contains("answered 500").contains("GET /things?key=***");
    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void a_write_that_may_have_happened_is_lost_and_not_repeated() {
    server.then(json(502, ""), cut(), half(), json(200, "<html>"));
    for (int i = 1; i <= 4; i++) {
      assertThat(send(WRITE)).isInstanceOf(Reply.Lost.class);
      assertThat(server.asked()).hasSize(i);
    }
  }

  @Test
  void a_write_that_takes_too_long_is_lost() {
    server.then(server.hang(false));
    try (ApiClient client = client(server.uri(), Duration.ofMillis(300))) {
      assertThat(client.send(WRITE)).isEqualTo(new Reply.Lost("no answer within 300 ms"));
    }
  }

  @Test
  void a_write_that_cannot_have_been_sent_is_an_outage() {
    URI gone = server.uri();
    server.close();
    try (ApiClient client = client(gone, Duration.ofSeconds(20))) {
      assertThatThrownBy(() -> client.send(WRITE))
          .isInstanceOfSatisfying(
              PlumblineException.class,
              error -> {
                assertThat(error.code()).isEqualTo(ErrorCode.UNREACHABLE);
                assertThat(error.what()).contains("refused");
              });
      assertThat(client.made()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "Sun, 01 Mar 2026 08:00:30 GMT"})
  void waits_as_long_as_it_is_told_to(String retryAfter) {
    server.then(json(429, "{}", "Retry-After", retryAfter), json(200, "{\"done\":true}"));
    assertThat(send(WRITE)).isInstanceOf(Answer.class);
    assertThat(time.passed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void waits_longer_each_time_where_it_is_not_told_how_long() {
    server.then(json(429, "{}"), json(429, "{}"), json(429, "{}"));
    assertThat(send(WRITE)).isInstanceOf(Answer.class);
    assertThat(time.passed()).isBetween(Duration.ofMillis(3_500), Duration.ofMillis(7_500));
  }

  @Test
  void gives_up_when_it_is_refused_again_and_again() {
    server.otherwise(json(429, "{}", "Retry-After", "1"));
    assertThat(failure(WRITE).code()).isEqualTo(ErrorCode.BUSY);
    assertThat(server.asked()).hasSize(6);
  }

  @Test
  void does_not_wait_for_hours() {
    server.otherwise(json(429, "{}", "Retry-After", "7200"));
    PlumblineException error = failure(READ);
    assertThat(error.code()).isEqualTo(ErrorCode.BUSY);
    assertThat(error.next()).contains("2026-03-01T10:00");
  }

  @Test
  void stops_when_it_is_refused_because_of_the_day() {
    server.otherwise(json(429, "{\"policyName\":\"DAILY\"}", "Retry-After", "50000"));
    PlumblineException error = failure(READ);
    assertThat(error.code()).isEqualTo(ErrorCode.BUSY);
    assertThat(error.what()).contains("Today's quota");
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void obeys_the_limit_that_the_answers_tell() {
    server.otherwise(
        json(
            200,
            "{}",
            "X-HubSpot-RateLimit-Max",
            "100",
            "X-HubSpot-RateLimit-Interval-Milliseconds",
            "10000",
            "X-HubSpot-RateLimit-Remaining",
            "50"));
    try (ApiClient client = client(server.uri(), Duration.ofSeconds(20))) {
      assertThat(client.permitted()).isGreaterThan(90);
      client.send(READ);
      assertThat(client.permitted()).isBetween(9.0, 9.6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 407})
  void stops_where_it_is_not_let_in(int status) {
    server.otherwise(json(status, "{\"message\":\"no: " + TOKEN + " and " + KEY + "\"}"));
    PlumblineException error = failure(WRITE);
    assertThat(error.code()).isEqualTo(ErrorCode.DENIED);
    assertThat(error.what()).contains(String.valueOf(status)).contains("no: *** and ***");
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void follows_no_redirection() throws IOException {
    try (TestServer elsewhere = new TestServer()) {
      server.otherwise(json(302, "", "Location", elsewhere.uri() + "/?secret=1"));
      assertThat(failure(READ).code()).isEqualTo(ErrorCode.PROJECT);
      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/things",
        "https://example.org/things",
        "http://user:pw@127.0.0.1/things",
        "/not one/"
      })
  void asks_nobody_else(String address) {
    assertThat(failure(ApiRequest.get(address)).code()).isEqualTo(ErrorCode.PROJECT);
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:very-secret@example.org",
        "https://example.org/?key=very-secret",
        "ftp://example.org",
        "https:///path"
      })
  void takes_no_address_with_secrets_in_it(String url) {
    assertThatThrownBy(() -> client(URI.create(url), Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.PROJECT);
              assertThat(text(error)).doesNotContain("very-secret");
            });
  }

  @Test
  void sends_no_token_that_is_more_than_one() {
    Credential credential = new Credential.Token("a\r\nX-Other: b");
    HttpSetting setting =
        new HttpSetting(server.uri(), Optional.of(credential), Map.of(), HttpLimits.DEFAULT);
    assertThatThrownBy(() -> ApiClient.open(setting)).hasMessageContaining("characters");
  }

  @Test
  void sends_no_header_that_is_more_than_one() {
    HttpSetting setting =
        new HttpSetting(
            server.uri(), Optional.empty(), Map.of("X-A", KEY + "\r\nX-B: c"), HttpLimits.DEFAULT);
    assertThatThrownBy(() -> ApiClient.open(setting))
        .isInstanceOfSatisfying(
            PlumblineException.class, error -> assertThat(text(error)).doesNotContain(KEY));
  }

  @Test
  void stops_when_it_is_interrupted() {
    try (ApiClient client = client(server.uri(), Duration.ofSeconds(20))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> client.send(READ)).hasMessageContaining("Stopped");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** The error of a request; whatever it was, nothing of it tells a secret. */
  private PlumblineException failure(ApiRequest request) {
    PlumblineException error = catchThrowableOfType(PlumblineException.class, () -> send(request));
    assertThat(error).isNotNull();
    assertThat(text(error)).doesNotContain(TOKEN, KEY, "query-secret", "pw@");
    return error;
  }

  private static String text(PlumblineException error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text + error.safe() + error.next();
  }
}

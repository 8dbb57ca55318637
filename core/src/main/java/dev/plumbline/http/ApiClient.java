package dev.plumbline.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.Exchange.Outcome;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Speaks to one service: waits for its turn, repeats what may be repeated, takes the token anew
 * when it is no longer taken. Safe for threads; all clients of one service in a process share its
 * limits.
 */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final double JITTER = 0.25;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int SHORTEST_SECRET = 4;

  private final Addresses addresses;
  private final Optional<Bearer> bearer;
  private final HttpSetting setting;
  private final Budget budget;
  private final HttpClient client;
  private final Exchange exchange;
  private final Failures failures;
  private final FailsafeExecutor<Outcome> repeatedAlways;
  private final FailsafeExecutor<Outcome> repeatedIfUnsent;

  ApiClient(HttpSetting setting, Budget budget, Patience patience) {
    this.addresses = Addresses.of(setting.url());
    this.bearer = setting.credential().map(Bearer::new);
    this.setting = checked(setting);
    this.budget = budget;
    this.failures = new Failures(addresses.service(), this::redact, setting.credential());
    this.client = client(setting);
    this.exchange = new Exchange(client, setting.limits().timeout());
    RetryPolicy<Outcome> refusals =
        RetryPolicy.<Outcome>builder()
            .handle(NeverThrown.class)
            .handleResultIf(ApiClient::isRefused)
            .withMaxRetries(patience.refusals())
            .build();
    this.repeatedAlways = Failsafe.with(outages(patience, false), refusals);
    this.repeatedIfUnsent = Failsafe.with(outages(patience, true), refusals);
  }

  /** A client with the limits that this process shares for the service. */
  public static ApiClient open(HttpSetting setting) {
    Addresses.of(setting.url());
    return new ApiClient(setting, Budget.shared(setting.url(), setting.limits()), Patience.USUAL);
  }

  /** The client refuses some headers, and what could smuggle in a second one. */
  private static HttpSetting checked(HttpSetting setting) {
    setting.headers().forEach((name, value) -> checked(setting.url(), name, value));
    return setting;
  }

  private static void checked(URI url, String name, String value) {
    try {
      HttpRequest.newBuilder(url).setHeader(name, value);
    } catch (IllegalArgumentException refused) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "The header " + name + " cannot be sent: its name is reserved, or its value no value.",
          "No request was made.",
          "Leave the header out, or see that its value is one line of plain characters.");
    }
  }

  /** HTTP/2 over plain text would begin with an upgrade that not every server likes. */
  private static HttpClient client(HttpSetting setting) {
    boolean plain = "http".equals(setting.url().getScheme());
    Duration timeout = setting.limits().timeout();
    return HttpClient.newBuilder()
        .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
        .proxy(ProxySelector.getDefault())
        .build();
  }

  private static RetryPolicy<Outcome> outages(Patience patience, boolean onlyUnsent) {
    return RetryPolicy.<Outcome>builder()
        .handle(NeverThrown.class)
        .handleResultIf(
            outcome -> outcome instanceof Outcome.NoAnswer none && (none.unsent() || !onlyUnsent))
        .withBackoff(patience.first(), patience.longest())
        .withJitter(JITTER)
        .withMaxRetries(patience.outages())
        .build();
  }

  /** Failsafe repeats on any exception unless it is told of some: ours are for the caller. */
  private static final class NeverThrown extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static boolean isRefused(Outcome outcome) {
    return outcome instanceof Outcome.Answered answered && answered.answer().status() == TOO_MANY;
  }

  /** Which service it is: scheme, host, port and path, always spelt the same. */
  public String place() {
    return addresses.place();
  }

  /** The service, for people: host and port. */
  public String service() {
    return addresses.service();
  }

  /**
   * Sends a request. A read comes back with an answer or not at all; a write may come back as
   * {@link Reply.Lost}.
   *
   * @return any answer but 401, 403, 407, 429, 3xx and 5xx
   * @throws PlumblineException 69 no answer after all repetitions, 77 not let in, 75 the quota is
   *     used up or refused again and again, 78 the address is not where the service is
   */
  public Reply send(ApiRequest request) {
    URI address = addresses.resolve(request.address());
    FailsafeExecutor<Outcome> repeated = request.repeatable() ? repeatedAlways : repeatedIfUnsent;
    try {
      return judge(request, repeated.get(() -> attempt(request, address)));
    } catch (FailsafeException wrapped) {
      if (wrapped.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw failures.interrupted(request, wrapped);
      }
      throw wrapped;
    }
  }

  private Reply judge(ApiRequest request, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> failures.expected(request, answered.answer());
      case Outcome.NoAnswer none when request.repeatable() || none.unsent() ->
          throw failures.unreachable(request, none.what());
      case Outcome.NoAnswer none -> new Reply.Lost(none.what());
    };
  }

  private Outcome attempt(ApiRequest request, URI address) throws InterruptedException {
    Optional<String> token = bearer.map(Bearer::token);
    Outcome outcome = once(request, address, token);
    boolean notLetIn =
        outcome instanceof Outcome.Answered answered && answered.answer().status() == UNAUTHORIZED;
    if (notLetIn && token.isPresent() && bearer.orElseThrow().renew(token.get())) {
      return once(request, address, bearer.map(Bearer::token));
    }
    return outcome;
  }

  private Outcome once(ApiRequest request, URI address, Optional<String> token)
      throws InterruptedException {
    try (Budget.Pass pass = budget.enter(request.kind())) {
      Outcome outcome = exchangeOf(request, http(request, address, token));
      switch (outcome) {
        case Outcome.Answered answered -> tell(pass, answered.answer());
        case Outcome.NoAnswer none when none.slow() -> pass.timedOut();
        case Outcome.NoAnswer none -> {}
      }
      return outcome;
    }
  }

  /** A write that is broken off while it is under way may have been carried out all the same. */
  private Outcome exchangeOf(ApiRequest request, HttpRequest http) throws InterruptedException {
    try {
      return exchange.send(http);
    } catch (InterruptedException stopped) {
      if (request.repeatable()) {
        throw stopped;
      }
      Thread.currentThread().interrupt();
      return new Outcome.NoAnswer("broken off", false, false);
    }
  }

  private static void tell(Budget.Pass pass, Reply.Answer answer) {
    if (answer.status() == TOO_MANY) {
      String policy = answer.body().path("policyName").asText("");
      pass.refused(answer.headers(), policy.equalsIgnoreCase("DAILY"));
    } else {
      pass.answered(answer.headers());
    }
  }

  private HttpRequest http(ApiRequest request, URI address, Optional<String> token) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(address)
            .timeout(setting.limits().timeout())
            .method(request.method(), publisher(request))
            .setHeader("Accept", "application/json");
    if (request.body().isPresent()) {
      http.setHeader("Content-Type", "application/json");
    }
    setting.headers().forEach(http::setHeader);
    request.headers().forEach(http::setHeader);
    token.ifPresent(text -> http.setHeader("Authorization", "Bearer " + text));
    return http.build();
  }

  private static HttpRequest.BodyPublisher publisher(ApiRequest request) {
    return request
        .body()
        .map(HttpRequest.BodyPublishers::ofString)
        .orElseGet(HttpRequest.BodyPublishers::noBody);
  }

  /**
   * The whole address of a request.
   *
   * @throws PlumblineException 78 if it is not at this service
   */
  public URI resolve(String address) {
    return addresses.resolve(address);
  }

  /** Requests a second that may be made in the long run, at present. */
  public double permitted() {
    return budget.permitted();
  }

  /** Requests made so far, refused ones included. */
  public long made() {
    return budget.made();
  }

  /** Requests answered 429 so far. */
  public long refused() {
    return budget.refused();
  }

  /** Requests left today. */
  public OptionalLong today() {
    return budget.today();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  @Override
  public String toString() {
    return "ApiClient(" + addresses.service() + ")";
  }

  /** The service's own words in an answer, short and without secrets; empty where it has none. */
  public String said(Reply.Answer answer) {
    return failures.said(answer).replaceFirst("^: ", "");
  }

  private String redact(String text) {
    String redacted = text;
    for (String secret : setting.headers().values()) {
      redacted = secret.length() < SHORTEST_SECRET ? redacted : redacted.replace(secret, "***");
    }
    return bearer.isPresent() ? redacted.replace(bearer.get().token(), "***") : redacted;
  }
}

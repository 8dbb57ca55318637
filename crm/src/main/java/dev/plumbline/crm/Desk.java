package dev.plumbline.crm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.plumbline.crm.Faults.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes requests in: checks who asks and how often, lets faults befall them, and answers. */
final class Desk implements HttpHandler {
  private final Api api;
  private final Counters counters;
  private final Credentials credentials;
  private final CrmSettings settings;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Throttle throttle;
  private volatile Faults faults;

  Desk(Api api, Counters counters, Credentials credentials, CrmSettings settings) {
    this.api = api;
    this.counters = counters;
    this.credentials = credentials;
    this.settings = settings;
    this.throttle = new Throttle(settings.limits(), settings.clock());
    this.faults = settings.faults();
  }

  /** From now on other things go wrong. */
  void faults(Faults other) {
    faults = other;
  }

  /** From now on other limits hold, with nothing used up yet. */
  void limits(RateLimits other) {
    throttle = new Throttle(other, settings.clock());
  }

  /** Lets go of the requests whose answers are held back. */
  void close() {
    closed.countDown();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Call call = call(exchange, counters.number());
    hold(settings.latency());
    try {
      Route route = Route.of(call.method(), call.path());
      credentials.check(call, route);
      Optional<Throttle.Refusal> refusal = refusal(call, route);
      if (refusal.isPresent()) {
        refuse(exchange, call, refusal.get());
      } else {
        admit(exchange, call, route);
      }
    } catch (ApiError refused) {
      send(exchange, refused.answer(call.number()), Map.of());
    }
  }

  private static Call call(HttpExchange exchange, long number) throws IOException {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    return new Call(
        number,
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        Call.query(exchange.getRequestURI()),
        bearer != null && bearer.startsWith("Bearer ") ? bearer.substring(7) : "",
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private Optional<Throttle.Refusal> refusal(Call call, Route route) {
    Optional<Faults.Storm> storm = faults.storm(call.number());
    if (storm.isPresent()) {
      long delay = storm.get().retryAfter().map(Duration::toMillis).orElse(-1L);
      return Optional.of(new Throttle.Refusal("TEN_SECONDLY_ROLLING", delay));
    }
    Throttle now = throttle;
    return now.admit(route.kind() == Traffic.Kind.SEARCH)
        .map(
            refused ->
                now.limits().retryAfter() ? refused : new Throttle.Refusal(refused.policy(), -1));
  }

  private void refuse(HttpExchange exchange, Call call, Throttle.Refusal refusal)
      throws IOException {
    String limit = refusal.policy().toLowerCase(java.util.Locale.ROOT);
    var body =
        Json.object()
            .put("status", "error")
            .put("message", "You have reached your " + limit + " limit.")
            .put("errorType", "RATE_LIMIT")
            .put("correlationId", ApiError.correlation(call.number()))
            .put("policyName", refusal.policy());
    if (refusal.delay() >= 0) {
      long seconds = Math.max(1, Math.ceilDiv(refusal.delay(), 1000L));
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(seconds));
    }
    send(exchange, new Answer(429, body), throttle.headers());
  }

  private void admit(HttpExchange exchange, Call call, Route route) throws IOException {
    counters.admitted(
        route.kind(), settings.clock().millis(), throttle.limits().interval().toMillis());
    Faults now = faults;
    Fault fault = now.of(call.number());
    Optional<Answer> answer =
        fault == Fault.NONE || now.carriedOut(call.number())
            ? Optional.of(carriedOut(route, call, now))
            : Optional.empty();
    switch (fault) {
      case NONE -> send(exchange, answer.orElseThrow(), headers(route));
      case ERROR -> fail(exchange, call, now.errorStatus(call.number()));
      case TIMEOUT -> {
        hold(now.late());
        fail(exchange, call, 504);
      }
      case CUT -> exchange.close();
    }
  }

  private Answer carriedOut(Route route, Call call, Faults now) {
    try {
      return api.carryOut(route, call, now);
    } catch (ApiError refused) {
      return refused.answer(call.number());
    }
  }

  /** What is left; searches are told nothing of it. */
  private Map<String, String> headers(Route route) {
    return route.kind() == Traffic.Kind.SEARCH ? Map.of() : throttle.headers();
  }

  /** An error of the server, or of a proxy before it, which does not speak JSON. */
  private void fail(HttpExchange exchange, Call call, int status) throws IOException {
    if (status == 500) {
      var body =
          Json.object()
              .put("status", "error")
              .put("message", "internal error")
              .put("correlationId", ApiError.correlation(call.number()));
      send(exchange, new Answer(status, body), Map.of());
    } else {
      String text = "<html><head><title>" + status + "</title></head><body></body></html>";
      send(exchange, status, "text/html", text);
    }
  }

  private void send(HttpExchange exchange, Answer answer, Map<String, String> headers)
      throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    send(exchange, answer.status(), "application/json;charset=utf-8", Json.write(answer.body()));
  }

  private void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    counters.answered(status);
    Wire.send(exchange, status, type, text);
  }

  /** Keeps the client waiting, but no longer than the stand-in is up. */
  private void hold(Duration duration) {
    if (!duration.isPositive()) {
      return;
    }
    try {
      var unused = closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

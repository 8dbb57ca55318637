package dev.plumbline.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** One request and its answer, within its time: no repetition, no waiting for a turn. */
final class Exchange {
  static final int LARGEST = 64 * 1_048_576;

  /** An answer in which a key comes twice would lose one of them: it is not read. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final HttpClient client;
  private final Duration timeout;

  Exchange(HttpClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  /** What came of it. */
  sealed interface Outcome {

    record Answered(Reply.Answer answer) implements Outcome {}

    /**
     * No answer, or none that can be understood.
     *
     * @param unsent whether the service cannot have got it
     * @param slow whether it took too long
     */
    record NoAnswer(String what, boolean unsent, boolean slow) implements Outcome {}
  }

  /**
   * Sends a request. The client's own time-out ends when the headers have come; this one is for the
   * whole of the answer.
   */
  Outcome send(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> coming =
        client.sendAsync(request, head -> new BoundedBody(LARGEST));
    try {
      return outcome(coming.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      coming.cancel(true);
      return new Outcome.NoAnswer("no answer within " + seconds(timeout), false, true);
    } catch (ExecutionException failed) {
      return failure(Objects.requireNonNull(failed.getCause()));
    } catch (InterruptedException stopped) {
      coming.cancel(true);
      throw stopped;
    }
  }

  private static Outcome outcome(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    boolean success = status / 100 == 2;
    JsonNode body = MissingNode.getInstance();
    try {
      body = JSON.readTree(response.body());
    } catch (JsonProcessingException notJson) {
      if (success) {
        return new Outcome.NoAnswer("answered something that is not JSON", false, false);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return status >= 500
        ? new Outcome.NoAnswer("answered " + status, false, false)
        : new Outcome.Answered(new Reply.Answer(status, headers(response), body));
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    Map<String, String> first = new LinkedHashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> first.putIfAbsent(name.toLowerCase(Locale.ROOT), values.get(0)));
    return first;
  }

  /** The exceptions' own texts may hold addresses: only their kind is told. */
  private Outcome failure(Throwable failed) {
    return switch (failed) {
      case HttpConnectTimeoutException slow ->
          new Outcome.NoAnswer("the connection took too long", true, true);
      case HttpTimeoutException slow ->
          new Outcome.NoAnswer("no answer within " + seconds(timeout), false, true);
      case ConnectException refused ->
          new Outcome.NoAnswer("the connection was refused", true, false);
      case SSLHandshakeException distrusted ->
          new Outcome.NoAnswer("no trust in its certificate, or it has none", true, false);
      case BoundedBody.TooLargeException large ->
          new Outcome.NoAnswer(String.valueOf(large.getMessage()), false, false);
      case IOException broken -> new Outcome.NoAnswer("the connection broke", false, false);
      case Error error -> throw error;
      case RuntimeException bug -> throw bug;
      default -> throw new IllegalStateException(failed);
    };
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}

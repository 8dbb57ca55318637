package dev.plumbline.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Sends single requests and measures them: no repetition, no budget, no redirects. What is to be
 * measured must not be smoothed, and news that comes late is no news. Safe for threads.
 */
public final class Caller implements AutoCloseable {
  private static final int LARGEST = 16 * 1_048_576;

  private final HttpClient client;
  private final Duration timeout;
  private final Time time;

  /**
   * @param timeout from the beginning of a request to the end of its answer
   */
  public Caller(Duration timeout, Time time) {
    this.timeout = timeout;
    this.time = time;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * @throws InterruptedException if the thread was interrupted; the request may have been carried
   *     out
   */
  public Called call(Call call) throws InterruptedException {
    HttpRequest request = request(call);
    long begun = time.nanos();
    CompletableFuture<HttpResponse<byte[]>> coming =
        client.sendAsync(request, head -> new BoundedBody(LARGEST));
    try {
      HttpResponse<byte[]> answer = coming.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      return new Called.Answered(answer.statusCode(), body, since(begun));
    } catch (TimeoutException late) {
      coming.cancel(true);
      return new Called.Silent(tooLate(), since(begun));
    } catch (ExecutionException failed) {
      return new Called.Silent(what(Objects.requireNonNull(failed.getCause())), since(begun));
    } catch (InterruptedException stopped) {
      coming.cancel(true);
      throw stopped;
    }
  }

  private static HttpRequest request(Call call) {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.url());
    request.header("Accept", "application/json");
    call.body().ifPresent(body -> request.header("Content-Type", "application/json"));
    call.headers().forEach(request::setHeader);
    return switch (call.method()) {
      case GET -> request.GET().build();
      case POST -> request.POST(BodyPublishers.ofString(call.body().orElse(""))).build();
    };
  }

  private Duration since(long begun) {
    return Duration.ofNanos(time.nanos() - begun);
  }

  private String tooLate() {
    return "no answer within "
        + (timeout.toMillis() % 1000 == 0
            ? timeout.toSeconds() + " s"
            : timeout.toMillis() + " ms");
  }

  /** The exceptions' own texts may hold addresses: only their kind is told. */
  private String what(Throwable failed) {
    return switch (failed) {
      case HttpConnectTimeoutException slow -> tooLate();
      case ConnectException refused -> "the connection was refused";
      case SSLException distrusted -> "no trust in its certificate, or it has none";
      case BoundedBody.TooLargeException large -> String.valueOf(large.getMessage());
      case IOException broken -> "the connection broke";
      case Error error -> throw error;
      case RuntimeException bug -> throw bug;
      default -> throw new IllegalStateException(failed);
    };
  }

  /** Requests that are under way are given up. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}

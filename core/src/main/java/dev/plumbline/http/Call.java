package dev.plumbline.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * One request that is sent once.
 *
 * @param headers their values are never told
 * @param body sent as JSON
 */
public record Call(Method method, URI url, Map<String, String> headers, Optional<String> body) {

  /** What is asked of the address. */
  public enum Method {
    GET,
    POST
  }

  public Call {
    headers = Map.copyOf(headers);
  }

  public static Call get(URI url, Map<String, String> headers) {
    return new Call(Method.GET, url, headers, Optional.empty());
  }

  public static Call post(URI url, Map<String, String> headers, String body) {
    return new Call(Method.POST, url, headers, Optional.of(body));
  }

  /** Such as {@code GET http://campus/progress/read?contact=***}. */
  @Override
  public String toString() {
    return method + " " + Redaction.of(url);
  }
}

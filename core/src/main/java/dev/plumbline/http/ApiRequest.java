package dev.plumbline.http;

import java.util.Map;
import java.util.Optional;

/**
 * A request to be made.
 *
 * @param method GET, POST, PATCH, PUT
 * @param address relative to the service's own address, or a whole one at the same service
 * @param headers besides those that every request has
 * @param body JSON
 */
public record ApiRequest(
    Kind kind, String method, String address, Map<String, String> headers, Optional<String> body) {

  public ApiRequest {
    headers = Map.copyOf(headers);
  }

  /** What a request does decides whether it may be repeated, and which limits it counts for. */
  public enum Kind {
    READ,
    /** A read that the service counts apart. */
    SEARCH,
    /** Not repeated where it may have been carried out. */
    WRITE
  }

  public static ApiRequest get(String address) {
    return new ApiRequest(Kind.READ, "GET", address, Map.of(), Optional.empty());
  }

  public static ApiRequest post(Kind kind, String address, String body) {
    return new ApiRequest(kind, "POST", address, Map.of(), Optional.of(body));
  }

  boolean repeatable() {
    return kind != Kind.WRITE;
  }

  /** Without header values, query values and body. */
  @Override
  public String toString() {
    return method + " " + Redaction.of(address);
  }
}

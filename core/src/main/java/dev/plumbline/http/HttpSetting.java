package dev.plumbline.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Which service to speak to, and how it lets us in.
 *
 * @param url the address that others are relative to
 * @param headers sent with every request; their values are never told
 */
public record HttpSetting(
    URI url, Optional<Credential> credential, Map<String, String> headers, HttpLimits limits) {
  public HttpSetting {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "HttpSetting(" + Redaction.of(url) + ", headers " + headers.keySet() + ")";
  }
}

package dev.plumbline.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** What came of a request. */
public sealed interface Reply {

  /**
   * The service has answered.
   *
   * @param headers by their lower-case names, the first of each
   * @param body the JSON of the answer; a missing node where it has none
   */
  record Answer(int status, Map<String, String> headers, JsonNode body) implements Reply {
    public Answer {
      headers = Map.copyOf(headers);
    }

    public boolean isSuccess() {
      return status / 100 == 2;
    }

    public Optional<String> header(String lowerCaseName) {
      return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** Without header values and body, which may hold secrets and people's data. */
    @Override
    public String toString() {
      return "Answer(" + status + ")";
    }
  }

  /**
   * A write was sent, and nobody can say whether it was carried out.
   *
   * @param what in half a sentence: "answered 502", "no answer within 30 s"
   */
  record Lost(String what) implements Reply {}
}

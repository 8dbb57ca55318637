package dev.plumbline.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.ApiClient;
import dev.plumbline.http.Reply;
import dev.plumbline.http.Reply.Answer;
import dev.plumbline.source.DocumentSource.Allowance;

/** What the sources behind HTTP make of answers. */
final class HttpAnswers {
  private static final int LONGEST = 200;

  private HttpAnswers() {}

  /** The answer to a read, which has one or is an error. */
  static Answer of(Reply reply) {
    return switch (reply) {
      case Answer answer -> answer;
      case Reply.Lost lost -> throw new IllegalStateException("a read that is lost: " + lost);
    };
  }

  /** The JSON of an answer that must be a success. */
  static JsonNode success(ApiClient client, String label, Answer answer) {
    if (answer.isSuccess()) {
      return answer.body();
    }
    throw unexpected(client, label, answer);
  }

  /** The place is not as the transform's file says. */
  static PlumblineException unexpected(ApiClient client, String label, Answer answer) {
    String said = client.said(answer);
    return new PlumblineException(
        ErrorCode.PROJECT,
        "Asked for "
            + label
            + ", the service answered "
            + answer.status()
            + (said.isEmpty() ? "." : ": " + said + "."),
        "That request changed nothing.",
        "See whether source: in the transform's file says what the service has.");
  }

  static Allowance allowance(ApiClient client) {
    return new Allowance(client.permitted(), client.made(), client.refused(), client.today());
  }

  /** On one line, and no longer than helps. */
  static String shortened(String text) {
    String line = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}

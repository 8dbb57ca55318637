package dev.plumbline.http;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.Reply.Answer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What went wrong with a request, told without the token, header values, query values and data. */
final class Failures {
  private static final String WRITES =
      "What was answered until now counts; this request was not carried out.";

  private final String service;
  private final UnaryOperator<String> redact;
  private final Optional<Credential> credential;

  /**
   * @param credential what the service is shown
   */
  Failures(String service, UnaryOperator<String> redact, Optional<Credential> credential) {
    this.service = service;
    this.redact = redact;
    this.credential = credential;
  }

  /** The answer, unless it concerns more than what was asked for. */
  Answer expected(ApiRequest request, Answer answer) {
    return switch (answer.status()) {
      case 401 -> throw denied(request, answer, valid());
      case 403 -> throw denied(request, answer, "Give the token the right to do this (its scopes)");
      case 407 -> throw denied(request, answer, "Let the proxy in between know who asks");
      case 429 -> throw refused(request);
      default -> {
        if (answer.status() / 100 == 3) {
          throw moved(request, answer);
        }
        yield answer;
      }
    };
  }

  private String valid() {
    return credential.map(Failures::valid).orElse("Give credentials that are valid (headers:)");
  }

  private static String valid(Credential credential) {
    return switch (credential) {
      case Credential.Token token ->
          "Give a token that is still valid (token: in the transform's file)";
      case Credential.TokenFile(Path file) -> "Put a token that is still valid into " + file;
    };
  }

  private PlumblineException denied(ApiRequest request, Answer answer, String next) {
    return new PlumblineException(
        ErrorCode.DENIED,
        service + " answered " + request + " with " + answer.status() + said(answer) + ".",
        WRITES,
        next + ", then run the command again.");
  }

  private PlumblineException refused(ApiRequest request) {
    return new PlumblineException(
        ErrorCode.BUSY,
        service + " goes on refusing " + request + " with 429: too many requests.",
        WRITES,
        "Others may be using up its limit. Go on later, or lower limits: in the transform's file.");
  }

  private PlumblineException moved(ApiRequest request, Answer answer) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        service + " answered " + request + " with " + answer.status() + ": it is elsewhere.",
        "The token was not sent anywhere else.",
        "Write the address in the transform's file as the service wants it.");
  }

  PlumblineException unreachable(ApiRequest request, String what) {
    return new PlumblineException(
        ErrorCode.UNREACHABLE,
        service + ", " + request + ": " + what + ", again and again.",
        WRITES,
        "See whether the service can be reached from here, then run the command again.");
  }

  PlumblineException interrupted(ApiRequest request, Throwable cause) {
    return new PlumblineException(
        ErrorCode.BUSY,
        "Stopped before " + service + " had answered " + request + ".",
        WRITES,
        "Run the command again.",
        cause);
  }

  /** The service's own words, where it has any: short, on one line, without secrets. */
  String said(Answer answer) {
    String message = answer.body().path("message").asText("").strip();
    if (message.isEmpty()) {
      return "";
    }
    String line = redact.apply(message).replaceAll("[\\p{Cntrl}\\s]+", " ");
    return ": " + (line.length() > 200 ? line.substring(0, 200) + "…" : line);
  }
}

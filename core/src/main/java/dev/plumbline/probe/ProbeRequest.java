package dev.plumbline.probe;

import dev.plumbline.document.Predicate;
import dev.plumbline.http.Call;
import dev.plumbline.http.Called;
import java.time.Duration;
import java.util.Optional;

/**
 * A request and what must come of it.
 *
 * @param name for people, without secrets
 * @param status the answer's
 * @param body true for an answer that is right
 * @param within the time that the whole answer may take
 */
public record ProbeRequest(
    String name, Call call, int status, Optional<Predicate> body, Optional<Duration> within) {

  /** What came of sending it once. */
  Sample judge(Called called) {
    return switch (called) {
      case Called.Silent silent -> new Sample(Optional.empty(), Optional.of(silent.what()));
      case Called.Answered answer -> judge(answer);
    };
  }

  /** An answer that is wrong says nothing about how long right ones take. */
  private Sample judge(Called.Answered answer) {
    if (answer.status() != status) {
      return new Sample(
          Optional.empty(), Optional.of("answered " + answer.status() + ", not " + status));
    }
    Optional<String> objection = body.flatMap(predicate -> predicate.objection(answer.body()));
    return objection.isPresent()
        ? new Sample(Optional.empty(), objection)
        : new Sample(Optional.of(answer.took()), late(answer.took()));
  }

  private Optional<String> late(Duration took) {
    return within
        .filter(most -> took.compareTo(most) > 0)
        .map(most -> "took longer than " + most.toMillis() + " ms");
  }
}

package dev.plumbline.status;

import dev.plumbline.audit.Verdict;
import dev.plumbline.error.PlumblineException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of an invariant.
 *
 * @param verdict empty: nobody has verified it here, or what was verified was taken back
 * @param violations how many there were
 * @param at when that was seen
 * @param run the run that saw it; empty: an audit just now
 * @param error why an audit could not look
 */
public record InvariantLine(
    String name,
    Optional<Verdict> verdict,
    OptionalLong violations,
    Optional<Instant> at,
    OptionalLong run,
    Optional<PlumblineException> error) {

  /** Whether it was looked at just now. */
  public boolean fresh() {
    return verdict.isPresent() && run.isEmpty();
  }

  static InvariantLine unknown(String name) {
    return new InvariantLine(
        name,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }
}

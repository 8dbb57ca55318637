package dev.plumbline.journal;

import dev.plumbline.run.RunState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run as the journal has it.
 *
 * @param name how people name it
 * @param changed rows changed in committed batches
 * @param remaining violations that the last verification found in its scope
 * @param error why it failed, where an error stopped it
 * @param leaseLive whether a process holds it at present
 */
public record Run(
    long id,
    String name,
    NewRun plan,
    RunState state,
    int pass,
    long changed,
    OptionalLong remaining,
    Optional<String> error,
    String actor,
    String host,
    String version,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Optional<String> leaseOwner,
    boolean leaseLive) {

  /** How people name another run of the same journal. */
  public String named(long other) {
    return name.substring(0, name.length() - String.valueOf(id).length()) + other;
  }

  /** Shown, not stored: an active state that nobody works on. */
  public boolean interrupted() {
    return !leaseLive
        && switch (state) {
          case RUNNING, PAUSING, VERIFYING, CANCELLING -> true;
          case PLANNED, PAUSED, SUCCEEDED, FAILED, CANCELLED -> false;
        };
  }
}

package dev.plumbline.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where a run stands. The names are stored in the journal. */
public enum RunState {
  PLANNED,
  RUNNING,
  PAUSING,
  PAUSED,
  VERIFYING,
  SUCCEEDED,
  FAILED,
  CANCELLING,
  CANCELLED;

  /**
   * A way from one state to another.
   *
   * @param reason what makes a run go that way
   */
  public record Arrow(RunState from, RunState to, String reason) {}

  /** Every way that there is; what is not listed is refused. */
  public static final List<Arrow> ARROWS =
      List.of(
          new Arrow(PLANNED, RUNNING, "committed"),
          new Arrow(RUNNING, PAUSING, "asked to pause"),
          new Arrow(PAUSING, PAUSED, "the batches at hand are committed"),
          new Arrow(PAUSED, RUNNING, "resumed"),
          new Arrow(RUNNING, VERIFYING, "no batch is left"),
          new Arrow(VERIFYING, RUNNING, "new violations: a further pass"),
          new Arrow(VERIFYING, SUCCEEDED, "a fresh audit found no violation"),
          new Arrow(SUCCEEDED, FAILED, "a service that reads its result is worse than before"),
          new Arrow(FAILED, RUNNING, "resumed"),
          new Arrow(RUNNING, CANCELLING, "asked to cancel"),
          new Arrow(PAUSING, CANCELLING, "asked to cancel"),
          new Arrow(PAUSED, CANCELLING, "asked to cancel"),
          new Arrow(VERIFYING, CANCELLING, "asked to cancel"),
          new Arrow(CANCELLING, CANCELLED, "the batches at hand are committed"),
          new Arrow(PLANNED, FAILED, "could not start"),
          new Arrow(RUNNING, FAILED, "an error that is not a row's"),
          new Arrow(PAUSING, FAILED, "an error that is not a row's"),
          new Arrow(PAUSED, FAILED, "an error that is not a row's"),
          new Arrow(VERIFYING, FAILED, "violations remain"),
          new Arrow(CANCELLING, FAILED, "an error that is not a row's"));

  public boolean mayBecome(RunState next) {
    return ARROWS.stream().anyMatch(a -> a.from() == this && a.to() == next);
  }

  /** Whether the run keeps others of the same invariant out. */
  public boolean active() {
    return switch (this) {
      case PLANNED, RUNNING, PAUSING, PAUSED, VERIFYING, CANCELLING -> true;
      case SUCCEEDED, FAILED, CANCELLED -> false;
    };
  }

  /** As the journal and reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no state is written so
   */
  public static RunState of(String word) {
    return Arrays.stream(values())
        .filter(s -> s.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such state: " + word));
  }
}

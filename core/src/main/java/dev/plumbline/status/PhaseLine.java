package dev.plumbline.status;

import dev.plumbline.migration.Hold;
import dev.plumbline.migration.Phase;
import java.util.List;

/**
 * How a phase stands.
 *
 * @param holds what keeps the next one from beginning; asked of the present phase only
 */
public record PhaseLine(Phase phase, State state, List<Hold> holds) {
  public PhaseLine {
    holds = List.copyOf(holds);
  }

  /** Where it is in the course of the change. */
  public enum State {
    DONE,
    /** The first that is not done. */
    PRESENT,
    LATER
  }
}

package dev.plumbline.tracker;

/** What a tool has recorded about one migration. */
public enum State {
  /** It ran, and succeeded. */
  APPLIED,
  /** Recorded without having been run. */
  MARKED,
  /** It ran, and failed; what had no transaction around it may have stayed. */
  FAILED,
  /** It began, and its end is not recorded. */
  HALF_DONE,
  /** It was applied, and taken back or withdrawn since. */
  UNDONE,
  /** Older than the point from which the tool keeps records; the tool never ran it. */
  BASELINE;

  /** Whether the tool takes it for done, and will not run it again. */
  public boolean isDone() {
    return switch (this) {
      case APPLIED, MARKED, BASELINE -> true;
      case FAILED, HALF_DONE, UNDONE -> false;
    };
  }
}

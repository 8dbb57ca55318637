package dev.plumbline.rollback;

import dev.plumbline.rollback.RollbackPlan.Outcome;

/** How a column or row stands, as numbers that SQL can compare. */
final class Standing {
  static final int UNTOUCHED = 0;
  static final int ALREADY = 1;
  static final int RESTORABLE = 2;
  static final int CONFLICT = 3;

  /** More than any of them: makes room for one beside another number. */
  static final int NUMBERS = 4;

  private Standing() {}

  /** What a reader calls it; a column that the run left alone is as it was before. */
  static Outcome outcome(long standing) {
    return switch ((int) standing) {
      case RESTORABLE -> Outcome.RESTORED;
      case CONFLICT -> Outcome.CONFLICT;
      default -> Outcome.ALREADY;
    };
  }
}

package dev.plumbline.cli;

import org.jspecify.annotations.Nullable;

/** The flag {@code --moved-to}: where the documents of a run are by now. */
final class MovedTo {
  private MovedTo() {}

  /** Rows cannot move without their journal. */
  static void requireNone(@Nullable String movedTo, RunReference run) {
    if (movedTo != null) {
      throw UsageErrors.usage(
          "--moved-to is for runs over documents; run " + run + " is about rows.", "Leave it out.");
    }
  }
}

package dev.plumbline.object;

import java.util.Locale;

/** How the object of a statement stands. */
public enum State {
  PRESENT,
  MISSING,
  /** Something of that name is there, but it is not what the statement makes. */
  DIFFERENT,
  /** A failed build of an index left it behind. */
  INVALID,
  /** A constraint that the rows which are there were not held to. */
  NOT_VALIDATED,
  /** A trigger that does not fire. */
  DISABLED,
  /** The statement drops it, and it is there. */
  STILL_THERE;

  /** For people and reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

package dev.plumbline.claim;

import dev.plumbline.claim.FalseClaim.Sort;

/**
 * What is wrong with a claim.
 *
 * @param found what is there instead
 * @param next what to do
 */
record Fault(Sort sort, String found, String next) {
  private static final String NO_EFFECT =
      "Its statement had no effect: look for IF NOT EXISTS over another object, or for an error that"
          + " a DO block swallows; then run it again.";
  private static final String OTHER =
      "Something else has its name: drop or rename that, then run the statement again.";

  static final Fault MISSING = new Fault(Sort.MISSING, "missing", NO_EFFECT);

  /** It is there, but otherwise. */
  Fault(String found, String next) {
    this(Sort.OTHER, found, next);
  }

  /** Something else has the object's name. */
  static Fault other(String found) {
    return new Fault(found, OTHER);
  }

  FalseClaim of(Claim claim) {
    return new FalseClaim(claim, sort, found, next);
  }
}

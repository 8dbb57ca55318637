package dev.plumbline.claim;

/**
 * A claim that is not true.
 *
 * @param sort in what way it is not true
 * @param found what is there instead: {@code "missing"}, {@code "is there, but on (status,
 *     user_id)"}
 * @param next what to do about it, a sentence
 */
public record FalseClaim(Claim claim, Sort sort, String found, String next) {

  /** In what way a claim is not true. */
  public enum Sort {
    /** It is not there, or what it belongs to is not. */
    MISSING,
    /** It is there, but otherwise than stated. */
    OTHER,
    /** An index that a failed build has left behind. */
    INVALID,
    /** A constraint that the rows were not held to. */
    NOT_VALIDATED,
    /** A trigger that does not fire. */
    DISABLED,
    /** It must not be there. */
    STILL_THERE
  }

  @Override
  public String toString() {
    return claim.subject() + ": " + found + ". " + next;
  }
}

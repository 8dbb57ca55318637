package dev.plumbline.claim;

/**
 * A claim that is not true.
 *
 * @param found what is there instead: {@code "missing"}, {@code "is there, but on (status,
 *     user_id)"}
 * @param next what to do about it, a sentence
 */
public record FalseClaim(Claim claim, String found, String next) {
  @Override
  public String toString() {
    return claim.subject() + ": " + found + ". " + next;
  }
}

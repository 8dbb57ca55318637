package dev.plumbline.dialect;

/**
 * The names of a guard's objects, made from the invariant's name. A name that is long or holds
 * anything but letters, digits, {@code -} and {@code _} is cut and told apart by a part of its
 * hash, so that no name exceeds PostgreSQL's 63 bytes and no two guards share one.
 */
public record GuardNames(String id) {
  private static final int LONGEST = 32;
  private static final int KEPT = 23;
  private static final int HASH_BYTES = 4;

  public static GuardNames of(String invariant) {
    if (invariant.matches("[a-z0-9_-]{1," + LONGEST + "}")) {
      return new GuardNames(invariant);
    }
    String plain = invariant.replaceAll("[^A-Za-z0-9_-]", "_");
    String cut = plain.substring(0, Math.min(KEPT, plain.length()));
    return new GuardNames(cut + "_" + hash(invariant));
  }

  private static String hash(String text) {
    return Sha256.of(text).substring(0, 2 * HASH_BYTES);
  }

  /** A function or a table of the guard, in the schema {@code plumb}. */
  public String object(String role) {
    return "guard_" + id + "_" + role;
  }

  /** A trigger of the guard. */
  public String trigger(String role) {
    return "plumb_guard_" + id + "_" + role;
  }

  /**
   * A trigger that must run after all others of its sort, which run in the order of their names.
   */
  public String lastTrigger(String role) {
    return "zz_" + trigger(role);
  }
}

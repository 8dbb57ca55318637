package dev.plumbline.dialect;

/**
 * A column that a guard compares or sets.
 *
 * @param name unquoted
 * @param type as the database writes it
 * @param nullable whether it can hold NULL
 * @param differing how two of its values are compared exactly
 */
public record GuardColumn(String name, String type, boolean nullable, Differing differing) {

  /** Makes the condition under which two values differ. */
  @FunctionalInterface
  public interface Differing {
    Sql of(Sql left, Sql right);
  }

  Sql differ(Sql left, Sql right) {
    return differing.of(left, right);
  }
}

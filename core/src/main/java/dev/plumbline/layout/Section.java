package dev.plumbline.layout;

/** Which part of a migration a statement belongs to. */
public enum Section {
  /** The schema step; in a file without steps, all of it. */
  SCHEMA,
  CONSTRAIN,
  DOCUMENT,
  /** What takes the migration back, in whatever form the tool has for it. */
  UNDO;

  /** Whether it runs when the migration is applied. */
  public boolean isForward() {
    return this != UNDO;
  }
}

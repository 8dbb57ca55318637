package dev.plumbline.document;

/** What became of a document that was changed since it was transformed, and is taken back. */
public sealed interface CarriedBack {

  /**
   * In the old shape, with what was changed since; proven: transforming it gives what is there.
   *
   * @param text the document's text
   */
  record Carried(String text) implements CarriedBack {}

  /** It stays as it is. */
  record Kept(String what) implements CarriedBack {}
}

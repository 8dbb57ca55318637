package dev.plumbline.document;

/** A text is no JSON document that can be kept exactly. The message says why, and where. */
public final class UnreadableJson extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableJson(String what) {
    super(what);
  }
}

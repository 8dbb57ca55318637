package dev.plumbline.document;

/** A program could not make a result of one document. The message is a clause: what happened. */
final class ProgramFailed extends Exception {
  private static final long serialVersionUID = 1L;

  ProgramFailed(String what) {
    super(what);
  }

  String what() {
    return String.valueOf(getMessage());
  }
}

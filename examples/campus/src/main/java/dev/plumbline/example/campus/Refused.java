package dev.plumbline.example.campus;

/** A request that cannot be answered, with the status that says why. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String text;

  Refused(int status, String text) {
    super(text);
    this.status = status;
    this.text = text;
  }

  int status() {
    return status;
  }

  String text() {
    return text;
  }
}

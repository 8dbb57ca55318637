package dev.plumbline.probe;

/** What is measured of a request's answers. Its word is that of the file. */
public enum Measure {
  /** Of the latencies, that which 95 % stay within. */
  P95("p95"),
  /** The share of answers that are not as expected. */
  ERRORS("errors"),
  /** The latency in the middle. */
  SLOWDOWN("slowdown");

  private final String word;

  Measure(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}

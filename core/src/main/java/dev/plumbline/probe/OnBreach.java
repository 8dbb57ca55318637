package dev.plumbline.probe;

/** What a run comes to when a threshold is breached. */
public enum OnBreach {
  /** It ends as failed; what it wrote stays. */
  FAIL("fail"),
  /** What it wrote is taken back at once. */
  ROLL_BACK("roll_back");

  private final String word;

  OnBreach(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}

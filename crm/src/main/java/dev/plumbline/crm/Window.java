package dev.plumbline.crm;

/** The last admissions in a rolling window of time: at most so many in any span of its length. */
final class Window {
  private final long[] admitted;
  private final long length;
  private int oldest;
  private int count;

  /**
   * @param most admissions in a window
   * @param length of the window, in milliseconds
   */
  Window(int most, long length) {
    this.admitted = new long[most];
    this.length = length;
  }

  /** Whether one more fits at this time. */
  boolean hasRoom(long now) {
    return remaining(now) > 0;
  }

  void admit(long now) {
    admitted[(oldest + count) % admitted.length] = now;
    count++;
  }

  int remaining(long now) {
    while (count > 0 && admitted[oldest] <= now - length) {
      oldest = (oldest + 1) % admitted.length;
      count--;
    }
    return admitted.length - count;
  }

  /** Milliseconds until one more fits. */
  long delay(long now) {
    return hasRoom(now) ? 0 : admitted[oldest] + length - now;
  }
}

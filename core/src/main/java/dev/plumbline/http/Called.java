package dev.plumbline.http;

import java.time.Duration;

/** What came of a {@link Call}, and how long that took. */
public sealed interface Called {
  Duration took();

  /** The service has answered, and all of its answer is here. */
  record Answered(int status, String body, Duration took) implements Called {

    /** Without the body, which may hold people's data. */
    @Override
    public String toString() {
      return "Answered(" + status + ", " + took + ")";
    }
  }

  /**
   * There is no whole answer.
   *
   * @param what in half a sentence, without secrets: "no answer within 10 s"
   */
  record Silent(String what, Duration took) implements Called {}
}

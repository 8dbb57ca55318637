package dev.plumbline.crm;

import java.util.Map;

/**
 * A change that was made to a record.
 *
 * @param type of the record: {@code contacts}, …
 * @param by who made it
 * @param mark what the change can be found by, where a learner made it; else empty
 * @param written the properties that were set; an empty text takes a value away
 * @param at milliseconds since 1970
 */
public record Change(
    String type, long id, By by, String mark, Map<String, String> written, long at) {
  public Change {
    written = Map.copyOf(written);
  }

  /** Who writes. */
  public enum By {
    /** Somebody through the API. */
    CLIENT,
    /** Somebody else, scheduled by the test. */
    LEARNER
  }
}

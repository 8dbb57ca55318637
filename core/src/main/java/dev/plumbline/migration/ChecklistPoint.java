package dev.plumbline.migration;

import dev.plumbline.error.Position;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that people do for a migration besides applying it. An open one is shown until somebody
 * has filled it in.
 *
 * @param answer what the file says of it; empty while it is open
 */
public record ChecklistPoint(Kind kind, Optional<String> answer, Position position) {

  /** What there is to do. */
  public enum Kind {
    /** Saying how the change is taken back, and until when that is possible. */
    ROLLBACK,
    /** Reading by somebody else. */
    REVIEW,
    /** Running it on staging, on a day that is named. */
    STAGING;

    /** The word that a file has for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public boolean open() {
    return answer.isEmpty();
  }
}

package dev.plumbline.journal;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.PlumblineException;
import java.util.Locale;
import java.util.Optional;

/**
 * A key that a run left as it was.
 *
 * @param step of which step of the run the key is; 0 for a key of the invariant as such
 * @param message the database's words, or which columns conflict
 */
public record SetAside(
    int step, Key key, Reason reason, Optional<String> sqlState, String message) {

  /** A key whose change failed, with what the database said of it. */
  public static SetAside quarantined(int step, Key key, PlumblineException error) {
    return error instanceof DatabaseException said
        ? new SetAside(
            step, key, Reason.QUARANTINED, Optional.of(said.sqlState()), said.databaseMessage())
        : new SetAside(step, key, Reason.QUARANTINED, Optional.empty(), error.what());
  }

  /** Why. */
  public enum Reason {
    /** Its change failed in the database. */
    QUARANTINED,
    /** Its batch was done, and it still violates, or is still as the run left it. */
    UNREPAIRABLE,
    /** Somebody else has changed it since. */
    CONFLICT,
    /** It was restored, but for columns that a trigger has set again. */
    SET_AGAIN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

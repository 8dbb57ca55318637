package dev.plumbline.embedded;

import java.util.Locale;

/** How a server is told to stop. */
public enum Shutdown {
  /** Open transactions are rolled back and a checkpoint is written: the next start is quick. */
  FAST,
  /** Everything is abandoned at once, as in a crash: the next start replays the log. */
  IMMEDIATE;

  /** The word that {@code pg_ctl stop -m} takes. */
  String mode() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.plumbline.run;

import java.time.Duration;

/** Hears how a run goes on. May be called by several threads. */
public interface Listener {

  /** A batch is committed. */
  default void committed(long rows, Duration took) {}

  /** A row was set aside. */
  default void quarantined(String error) {}

  /** Something is tried again. */
  default void retrying(String why, Duration pause) {}

  /** The run holds because of the server. */
  default void holding(String why) {}

  default void state(RunState state) {}

  /** Both hear everything, this one first. */
  default Listener and(Listener other) {
    return new Both(this, other);
  }
}

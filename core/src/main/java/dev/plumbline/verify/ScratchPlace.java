package dev.plumbline.verify;

import dev.plumbline.database.Session;
import java.util.function.Function;

/** Where migrations can be replayed: an empty database that is gone afterwards. */
public interface ScratchPlace {
  /**
   * Does something on an empty PostgreSQL.
   *
   * @param major its major version
   * @throws dev.plumbline.error.PlumblineException if there is none of that version
   */
  <T> T on(int major, Function<Session, T> work);
}

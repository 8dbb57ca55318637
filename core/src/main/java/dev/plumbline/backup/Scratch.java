package dev.plumbline.backup;

import dev.plumbline.database.JdbcUrl;
import java.util.function.Function;

/** A PostgreSQL server that is thrown away. */
@FunctionalInterface
public interface Scratch {

  /**
   * Does something on an empty database of a server of its own; both are gone afterwards.
   *
   * @throws dev.plumbline.error.PlumblineException if there is no such server
   */
  <T> T with(Function<JdbcUrl, T> work);
}

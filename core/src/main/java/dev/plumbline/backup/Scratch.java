package dev.plumbline.backup;

import dev.plumbline.database.JdbcUrl;
import java.util.function.Function;

/** A PostgreSQL server that is thrown away. */
@FunctionalInterface
public interface Scratch {

  /**
   * Does something on an empty database of a server of its own; both are gone afterwards.
   *
   * @param major the version that it should be of; another where there is none of that
   * @throws dev.plumbline.error.PlumblineException if there is no such server
   */
  <T> T with(int major, Function<JdbcUrl, T> work);
}

package dev.plumbline.dialect;

import dev.plumbline.testkit.PostgresVersion;

/** The dialect on the newest PostgreSQL that Plumbline speaks to. */
class PostgresDialectTest extends PostgresContract {
  @Override
  PostgresVersion version() {
    return PostgresVersion.NEWEST;
  }
}

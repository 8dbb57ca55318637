package dev.plumbline.dialect;

import dev.plumbline.testkit.PostgresVersion;

/** The dialect on the oldest PostgreSQL that Plumbline speaks to. */
class OldestPostgresDialectTest extends PostgresContract {
  @Override
  PostgresVersion version() {
    return PostgresVersion.OLDEST;
  }
}

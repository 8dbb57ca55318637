package dev.plumbline.object;

import dev.plumbline.claim.Place;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import java.util.List;
import java.util.Optional;

/**
 * Writes down parts of the live schema, always in the same words, so that a change shows; as the
 * statement that makes the part so, wherever there is one.
 */
sealed interface PartText permits PostgresPartText, SqlitePartText {

  static PartText of(Session session) {
    return switch (session.dialect()) {
      case PostgresDialect postgres -> new PostgresPartText(session);
      case SqliteDialect sqlite -> new SqlitePartText(session);
    };
  }

  /** Empty if the object is not there. */
  String read(Aspect aspect, Place place);

  /** The names of a table's constraints. */
  List<String> constraints(Place table);

  /** What would be lost if the part were brought back to what it was; empty if nothing. */
  Optional<String> loss(PartImage part);

  /** Keeps others from writing what {@link #loss} looks at, until the transaction ends. */
  void lock(PartImage part);
}

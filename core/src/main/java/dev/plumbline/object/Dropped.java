package dev.plumbline.object;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.Kind;
import dev.plumbline.claim.Subject;
import java.util.List;
import java.util.Locale;

/** What is said before something is dropped, and of what cannot be made again as it was. */
final class Dropped {
  private Dropped() {}

  static List<String> notes(List<Claim> claims) {
    return claims.stream().filter(Claim.Absent.class::isInstance).map(Dropped::note).toList();
  }

  private static String note(Claim claim) {
    Subject subject = claim.subject();
    return subject.kind().word().toUpperCase(Locale.ROOT)
        + " "
        + Called.name(subject)
        + " IS DROPPED"
        + (holdsMore(subject.kind())
            ? ", with all that it holds: a rollback cannot bring it back."
            : "; a rollback makes it again as it is defined now, without its privileges.");
  }

  /** Whether an object has more to it than the statement that makes it. */
  static boolean holdsMore(Kind kind) {
    return switch (kind) {
      case TABLE, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, COLUMN, SEQUENCE -> true;
      case AGGREGATE, TYPE, DOMAIN, EXTENSION -> true;
      case VIEW, INDEX, CONSTRAINT, TRIGGER, POLICY, FUNCTION, PROCEDURE, SCHEMA -> false;
    };
  }
}

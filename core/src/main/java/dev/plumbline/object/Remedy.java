package dev.plumbline.object;

import dev.plumbline.claim.FalseClaim;
import dev.plumbline.claim.Subject;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.object.ObjectState.ClaimState;
import dev.plumbline.object.Wanted.ClaimWanted.Sort;
import java.util.List;

/**
 * The statement that makes a claim true, as things stand: the invariant's own, but where its object
 * is there already and lacks only that it is validated or enabled.
 */
public final class Remedy {
  private Remedy() {}

  /** What will be run. */
  public static List<Sql> statements(Dialect dialect, ClaimState object) {
    boolean made = object.wanted().sort() == Sort.CREATE || addsOnly(object);
    return switch (object.state()) {
      case NOT_VALIDATED -> made ? each(dialect, object, " VALIDATE CONSTRAINT ") : own(object);
      case DISABLED -> made ? each(dialect, object, " ENABLE TRIGGER ") : own(object);
      case MISSING, DIFFERENT, INVALID, STILL_THERE -> own(object);
      case PRESENT -> List.of();
    };
  }

  /** An ALTER TABLE that adds, and could not add the same again. */
  private static boolean addsOnly(ClaimState object) {
    return object.wanted().sort() == Sort.ALTER && !object.wanted().replaces();
  }

  private static List<Sql> own(ClaimState object) {
    return List.of(Sql.user(object.wanted().statement()));
  }

  private static List<Sql> each(Dialect dialect, ClaimState object, String words) {
    return object.wrong().stream()
        .map(FalseClaim::claim)
        .map(claim -> claim.subject())
        .map(subject -> Sql.of("{}", alter(dialect, subject, words)))
        .toList();
  }

  private static String alter(Dialect dialect, Subject subject, String words) {
    return "ALTER TABLE "
        + Called.sql(dialect, subject.on().orElseThrow())
        + words
        + dialect.quote(subject.name().name());
  }

  /** Runs them. */
  public static void run(Session session, ClaimState object) {
    statements(session.dialect(), object).forEach(session::execute);
  }
}

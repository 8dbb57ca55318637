package dev.plumbline.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.Auditor;
import dev.plumbline.audit.Counts;
import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.InvariantReader;
import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;

/** Guards as the tests ask for them. */
record Guarding(TestDatabase database, Invariant invariant) {

  static Guarding of(TestDatabase database, String yaml) {
    return of(database, "test-invariant", yaml);
  }

  static Guarding of(TestDatabase database, String name, String yaml) {
    return new Guarding(database, InvariantReader.read(Path.of(name + ".yaml"), yaml));
  }

  /** With its guard installed. */
  static Guarding installed(TestDatabase database, String yaml) {
    Guarding guarding = of(database, yaml);
    guarding.install();
    return guarding;
  }

  Guards guards() {
    return new Guards(db(), Settings.standard());
  }

  Database db() {
    return Database.of(JdbcUrl.parse(database.url()));
  }

  GuardPlan plan() {
    return guards().plan(invariant);
  }

  void install() {
    guards().install(plan());
  }

  void drop() {
    guards().drop(guards().planDrop(invariant.name()));
  }

  /**
   * Takes the turns out of the installed functions, so that a test of writers at the same time can
   * be seen to find what it looks for.
   */
  void loseTurns() {
    for (List<String> function :
        database.query(
            "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'plumb'::regnamespace"
                + " AND prosrc LIKE '%_turns\"%'")) {
      String without =
          function
              .getFirst()
              .replaceAll("PERFORM 1 FROM \\S+_turns\"[^;]+;", "")
              .replaceAll("UPDATE \\S+_turns\"[^;]+;", "");
      assertThat(without).doesNotContain("_turns\"");
      database.execute(without);
    }
  }

  List<Standing> standing() {
    try (Session session = db().openForReading(Timeouts.READING)) {
      return Guards.standing(session, List.of(invariant));
    }
  }

  Counts audit() {
    return new Auditor(db(), Timeouts.READING)
        .audit("test", List.of(invariant), AuditOptions.standard())
        .results()
        .getFirst()
        .orThrow()
        .counts()
        .orElseThrow();
  }

  /** Carries out statements, after each of which the invariant must hold. */
  void holdsAfter(String... statements) {
    for (String statement : statements) {
      database.execute(statement);
      assertThat(audit().violations()).as("violations after %s", statement).isZero();
    }
  }
}

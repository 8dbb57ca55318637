package dev.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Sql;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

class BackupsTest {
  private static final Backups.Entry FILE =
      new Backups.Entry(
          "pg_dump 18",
          "read whole",
          Optional.of("/b/x.dump"),
          OptionalLong.of(7),
          Optional.of("ab"));
  private static final Backups.Entry ELSEWHERE =
      new Backups.Entry(
          "a command", "exit code 0", Optional.empty(), OptionalLong.empty(), Optional.empty());

  @OnEachDatabase
  void a_run_may_have_several_in_their_order(TestDatabase database) {
    try (Session session = open(database)) {
      Journal journal = new Journal(session);
      journal.create();
      long run = journal.begin(migration());
      new Backups(session, run).add(ELSEWHERE);
      new Backups(session, run).add(FILE);
      assertThat(new Backups(session, run).list())
          .extracting(Backups.Taken::entry)
          .containsExactly(ELSEWHERE, FILE);
    }
  }

  @OnEachDatabase
  void a_journal_of_an_earlier_version_is_read_and_then_completed(TestDatabase database) {
    try (Session session = open(database)) {
      Journal journal = new Journal(session);
      journal.create();
      session.execute(Sql.of("DROP TABLE {}", session.dialect().journalTable("backups")));
      assertThat(journal.complete()).isTrue();
      assertThat(journal.hasBackups()).isFalse();
      journal.create();
      assertThat(journal.hasBackups()).isTrue();
    }
  }

  private static Session open(TestDatabase database) {
    database.execute("CREATE TABLE goals (id INTEGER)"); // SQLite's file has to be there
    return Database.of(JdbcUrl.parse(database.url())).openForWriting(Timeouts.WRITING);
  }

  private static NewRun migration() {
    return new NewRun(
        NewRun.Kind.MIGRATION,
        "001_a.sql",
        "SELECT 1",
        "00",
        NewRun.Scope.whole(),
        NewRun.Strategy.STEPS,
        OptionalInt.empty(),
        1,
        OptionalLong.empty(),
        1,
        Optional.empty());
  }
}

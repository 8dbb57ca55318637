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

/** Where runs over documents write, as the journal keeps it. */
class PlacesTest {
  private static Session open(TestDatabase database) {
    database.execute("CREATE TABLE t (id INTEGER)"); // SQLite's file has to be there
    return Database.of(JdbcUrl.parse(database.url())).openForWriting(Timeouts.WRITING);
  }

  private static long run(Journal journal) {
    return journal.begin(
        new NewRun(
            NewRun.Kind.TRANSFORM,
            "wrap",
            "says: x",
            "00",
            NewRun.Scope.whole(),
            NewRun.Strategy.SCAN,
            OptionalInt.empty(),
            1,
            OptionalLong.empty(),
            0,
            Optional.empty()));
  }

  @OnEachDatabase
  void a_place_is_kept_and_replaced(TestDatabase database) {
    try (Session session = open(database)) {
      Journal journal = new Journal(session);
      journal.create();
      Places places = new Places(session);
      long run = run(journal);
      assertThat(places.find(run)).isEmpty();
      places.keep(run, "files in data");
      assertThat(places.find(run)).contains("files in data");
      places.keep(run, "files in other");
      assertThat(places.find(run)).contains("files in other");
    }
  }

  @OnEachDatabase
  void a_journal_of_an_earlier_version_has_none_and_is_completed(TestDatabase database) {
    try (Session session = open(database)) {
      Journal journal = new Journal(session);
      journal.create();
      long run = run(journal);
      session.execute(Sql.of("DROP TABLE {}", session.dialect().journalTable("places")));
      assertThat(journal.hasPlaces()).isFalse();
      assertThat(new Places(session).find(run)).isEmpty();
      journal.create();
      assertThat(journal.hasPlaces()).isTrue();
      assertThat(new Places(session).find(run)).isEmpty();
    }
  }
}

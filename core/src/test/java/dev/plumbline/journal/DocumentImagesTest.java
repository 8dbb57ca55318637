package dev.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Sql;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

class DocumentImagesTest {
  @OnEachDatabase
  void texts_come_back_as_they_were(TestDatabase database) {
    String odd = "half a pair \ud83d, NUL \u0000, a quote \", ümlaut, 😀";
    in(
        database,
        images -> {
          images.enter(List.of(image("it's \"one\"", State.WRITTEN, Optional.of(odd))));
          images.enter(List.of(image("two", State.INTENDED, Optional.empty())));
          assertThat(images.find("it's \"one\"").orElseThrow().before())
              .containsEntry("p", Optional.of(odd));
          assertThat(images.find("two").orElseThrow().before())
              .containsEntry("p", Optional.empty());
          assertThat(images.find("three")).isEmpty();
        });
  }

  @OnEachDatabase
  void an_intent_is_written_or_withdrawn(TestDatabase database) {
    in(
        database,
        images -> {
          images.enter(
              List.of(
                  image("a", State.INTENDED, Optional.of("1")),
                  image("b", State.INTENDED, Optional.of("2")),
                  image("c", State.INTENDED, Optional.of("3"))));
          images.written(List.of("a"));
          images.withdraw(List.of("b"));
          assertThat(images.intended()).extracting(Image::id).containsExactly("c");
          assertThat(images.count(State.WRITTEN)).isEqualTo(1);
          assertThat(images.find(List.of("a", "b", "c")))
              .extracting(Image::id)
              .containsExactly("a", "c");
        });
  }

  @OnEachDatabase
  void an_image_is_replaced_by_a_later_one_and_many_are_paged(TestDatabase database) {
    in(
        database,
        images -> {
          images.enter(
              IntStream.range(0, 1_203)
                  .mapToObj(
                      n -> image(String.format("%04d", n), State.INTENDED, Optional.of("before")))
                  .toList());
          images.enter(List.of(image("0007", State.WRITTEN, Optional.of("later"))));
          assertThat(images.find("0007").orElseThrow().before())
              .containsEntry("p", Optional.of("later"));
          List<Image> page = images.after(Optional.of("1199"), 100);
          assertThat(page).extracting(Image::id).containsExactly("1200", "1201", "1202");
          assertThat(images.after(Optional.of("1202"), 100)).isEmpty();
          assertThat(images.after(Optional.empty(), 2))
              .extracting(Image::id)
              .containsExactly("0000", "0001");
        });
  }

  @OnEachDatabase
  void a_journal_of_an_earlier_version_is_completed(TestDatabase database) {
    try (Session session = open(database)) {
      Journal journal = new Journal(session);
      journal.create();
      session.execute(Sql.of("DROP TABLE {}", session.dialect().journalTable("documents")));
      assertThat(journal.hasDocuments()).isFalse();
      journal.create();
      assertThat(journal.hasDocuments()).isTrue();
    }
  }

  private static Image image(String id, State state, Optional<String> before) {
    return new Image(
        id,
        1,
        state,
        new TreeMap<>(Map.of("p", before)),
        new TreeMap<>(Map.of("p", Optional.of("after"))));
  }

  private static void in(TestDatabase database, Consumer<DocumentImages> test) {
    try (Session session = open(database)) {
      Journal journal = new Journal(session);
      journal.create();
      test.accept(new DocumentImages(session, journal.begin(transform())));
    }
  }

  private static Session open(TestDatabase database) {
    database.execute("CREATE TABLE goals (id INTEGER)"); // SQLite's file has to be there
    return Database.of(JdbcUrl.parse(database.url())).openForWriting(Timeouts.WRITING);
  }

  private static NewRun transform() {
    return new NewRun(
        NewRun.Kind.TRANSFORM,
        "progress",
        "says: x",
        "0",
        NewRun.Scope.whole(),
        NewRun.Strategy.SCAN,
        OptionalInt.empty(),
        1,
        OptionalLong.empty(),
        0,
        Optional.empty());
  }
}

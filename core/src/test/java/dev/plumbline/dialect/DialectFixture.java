package dev.plumbline.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.Position;
import dev.plumbline.schema.Table;
import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real database with a session, and what tests of a dialect ask of it. */
abstract class DialectFixture {
  static final Timeouts SHORT = new Timeouts(Duration.ofMillis(200), Duration.ofSeconds(20));

  TestDatabase testDatabase;
  Database database;
  Session session;

  abstract TestDatabase createDatabase();

  @BeforeEach
  void open() {
    testDatabase = createDatabase();
    database = Database.of(JdbcUrl.parse(testDatabase.url()));
    session = database.openForWriting(SHORT);
  }

  @AfterEach
  void close() {
    session.close();
    testDatabase.close();
  }

  Dialect dialect() {
    return session.dialect();
  }

  Table table(String name) {
    return Database.catalog(session).findTable(name).orElseThrow();
  }

  static Fragment fragment(String text) {
    return new Fragment(text, new Position(Path.of("invariants/x.yaml"), 3, 9), 1);
  }

  static List<String> values(Row row) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= row.width(); i++) {
      values.add(row.text(i));
    }
    return values;
  }

  List<List<String>> rows(String sql) {
    return rows(Sql.of("{}", sql));
  }

  List<List<String>> rows(Sql sql) {
    return session.query(sql, DialectContract::values);
  }

  String value(Sql expression) {
    return session.one(Sql.of("SELECT {}", expression), row -> row.required(1));
  }

  static List<String> row(String... values) {
    return Arrays.asList(values);
  }

  static long count(Session session, String table) {
    return session.one(Sql.of("SELECT count(*) FROM {}", table), row -> row.number(1));
  }

  FailureKind failure(Runnable work) {
    return catchThrowableOfType(DatabaseException.class, work::run).kind();
  }

  /** What the last statement of a change returns. */
  record Changed(long changed, long kept) {}

  Changed change(List<Sql> statements) {
    return change(session, statements);
  }

  static Changed change(Session session, List<Sql> statements) {
    return session.transaction(
        () -> {
          statements.subList(0, statements.size() - 1).forEach(session::execute);
          return session.one(
              statements.getLast(), row -> new Changed(row.number(1), row.number(2)));
        });
  }

  private int imageTables;

  /** A place for images of a table by its primary key, as batch 5. */
  ImageTable images(Table table, List<String> columns, boolean before, boolean after) {
    ImageTable images =
        new ImageTable(
            dialect().journalTable("image_1_" + ++imageTables),
            5,
            table.primaryKey(),
            table.primaryKey().stream().map(k -> table.findColumn(k).orElseThrow().type()).toList(),
            columns);
    dialect().journalDdl().forEach(session::execute);
    dialect().createImages(images, table.sql(), before, after).forEach(session::execute);
    return images;
  }

  List<List<String>> kept(ImageTable images, String columns) {
    assertThat(rows("SELECT DISTINCT batch FROM " + images.sql()))
        .isIn(List.of(row("5")), List.of());
    return rows("SELECT " + columns + " FROM " + images.sql() + " ORDER BY 1, 2");
  }
}

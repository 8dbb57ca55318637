package dev.plumbline.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Changes keep exact before-images, and steps read what was frozen. */
abstract class ChangeContract extends DialectFixture {
  /** The table as text, exactly; for SQLite with each value's storage class. */
  abstract String exact(String column);

  List<String> exactly(String relation, String prefix, int count) {
    String items =
        String.join(
            ", ", Stream.iterate(1, i -> i + 1).limit(count).map(i -> exact(prefix + i)).toList());
    return rows("SELECT " + items + " FROM " + relation + " ORDER BY 1").stream()
        .map(Object::toString)
        .toList();
  }

  /** Columns {@code c1}, …: their types; c1 is the key. */
  abstract List<String> exactTypes();

  /** Literals for such columns, row by row. */
  abstract List<List<String>> exactRows();

  private Table exactTable() {
    List<String> columns = new ArrayList<>();
    for (String type : exactTypes()) {
      columns.add("c" + (columns.size() + 1) + " " + type);
    }
    session.execute(Sql.of("CREATE TABLE exact ({})", String.join(", ", columns)));
    return table("exact");
  }

  private String exactSelect() {
    return String.join(
        " UNION ALL ",
        exactRows().stream()
            .map(
                r -> {
                  List<String> items = new ArrayList<>();
                  for (String literal : r) {
                    String type = exactTypes().get(items.size()).replaceAll(" PRIMARY KEY.*", "");
                    items.add(castLiteral(literal, type) + " AS c" + (items.size() + 1));
                  }
                  return "SELECT " + String.join(", ", items);
                })
            .toList());
  }

  abstract String castLiteral(String literal, String type);

  @Test
  void keeps_what_it_inserts_exactly() {
    Table table = exactTable();
    ImageTable images = images(table, table.columnNames(), false, true);
    int n = exactRows().size();

    assertThat(
            change(
                dialect()
                    .insertRows(
                        table.sql(),
                        table.columnNames(),
                        Sql.of("{}", exactSelect()),
                        List.of(),
                        images)))
        .isEqualTo(new Changed(n, n));
    int width = table.columns().size();
    assertThat(exactly(images.sql(), "a", width))
        .isEqualTo(exactly("exact", "c", width))
        .hasSize(n);
    assertThat(exactly(images.sql(), "k", 1)).isEqualTo(exactly("exact", "c", 1));
  }

  @Test
  void keeps_what_it_deletes_exactly() {
    Table table = exactTable();
    session.execute(Sql.of("INSERT INTO exact {}", exactSelect()));
    int width = table.columns().size();
    List<String> before = exactly("exact", "c", width);
    ImageTable images = images(table, table.columnNames(), true, false);

    assertThat(change(dialect().deleteRows(table.sql(), Sql.of("TRUE"), images)))
        .isEqualTo(new Changed(before.size(), before.size()));
    assertThat(exactly(images.sql(), "b", width)).isEqualTo(before);
    assertThat(rows("SELECT * FROM exact")).isEmpty();
  }

  @Test
  void keeps_what_it_updates_exactly_before_and_after() {
    Table table = exactTable();
    session.execute(Sql.of("INSERT INTO exact {}", exactSelect()));
    int width = table.columns().size();
    List<String> before = exactly("exact", "c", width);
    List<String> set = table.columnNames().subList(1, width);
    ImageTable images = images(table, table.columnNames(), true, true);

    assertThat(
            change(
                dialect()
                    .updateRows(
                        table.sql(),
                        set,
                        set.stream().map(c -> Sql.of("NULL")).toList(),
                        Sql.of("TRUE"),
                        images)))
        .isEqualTo(new Changed(before.size(), before.size()));
    assertThat(exactly(images.sql(), "b", width)).isEqualTo(before);
    assertThat(exactly(images.sql(), "a", width)).isEqualTo(exactly("exact", "c", width));
  }

  void lessons() {
    session.execute(
        Sql.of("CREATE TABLE course (id integer PRIMARY KEY, lessons integer, title text)"));
    session.execute(
        Sql.of(
            "INSERT INTO course VALUES (1, 10, 'a'), (2, NULL, 'b'), (3, 30, NULL), (4, 40, 'd')"));
  }

  /** The rows that a violations query gives for {@link DeriveQuery}'s shape. */
  private Sql violations(Table table, String where) {
    List<Object> items = new ArrayList<>(dialect().rowAddress(table.sql()));
    String t = table.sql();
    items.add(t + ".id AS id");
    items.add(t + ".lessons AS lessons");
    items.add(
        dialect().stored(Sql.of("CASE WHEN {}.id = 4 THEN NULL ELSE 99 END", t), "integer")
            + " AS right_lessons");
    return Sql.of("SELECT {} FROM {} WHERE {}", Sql.join(", ", items), t, where);
  }

  @Test
  void updates_from_a_query_and_keeps_the_columns() {
    lessons();
    Table table = table("course");
    ImageTable images = images(table, List.of("lessons"), true, true);

    assertThat(
            change(
                dialect()
                    .updateFrom(
                        table.sql(),
                        violations(table, "id > 1"),
                        Sql.of("lessons > 0 OR id > 1"),
                        List.of("lessons"),
                        images)))
        .isEqualTo(new Changed(3, 3));
    assertThat(kept(images, "k1, b1, a1"))
        .containsExactly(row("2", null, "99"), row("3", "30", "99"), row("4", "40", null));
    assertThat(rows("SELECT id, lessons FROM course ORDER BY id"))
        .containsExactly(row("1", "10"), row("2", "99"), row("3", "99"), row("4", null));
  }

  @Test
  void updates_from_a_query_and_keeps_whole_rows() {
    lessons();
    Table table = table("course");
    ImageTable images = images(table, table.columnNames(), true, true);

    assertThat(
            change(
                dialect()
                    .updateFrom(
                        table.sql(),
                        violations(table, "id > 2"),
                        Sql.of("id > 2 AND lessons > 0"),
                        List.of("lessons"),
                        images)))
        .isEqualTo(new Changed(2, 2));
    assertThat(kept(images, "k1, b1, b2, b3, a1, a2, a3"))
        .containsExactly(
            row("3", "3", "30", null, "3", "99", null), row("4", "4", "40", "d", "4", null, "d"));
  }

  @Test
  void updates_several_columns_from_expressions_over_the_row() {
    lessons();
    Table table = table("course");
    ImageTable images = images(table, List.of("title", "lessons"), true, true);

    assertThat(
            change(
                dialect()
                    .updateRows(
                        table.sql(),
                        List.of("title", "lessons"),
                        List.of(
                            Sql.of("coalesce({}, title)", Sql.value("x'y")),
                            Sql.of("coalesce(lessons, 0) + {}", 1)),
                        Sql.of("id <= {}", Sql.value(2)),
                        images)))
        .isEqualTo(new Changed(2, 2));
    assertThat(kept(images, "k1, b1, b2, a1, a2"))
        .containsExactly(row("1", "a", "10", "x'y", "11"), row("2", "b", null, "x'y", "1"));
  }

  @Test
  void a_change_of_nothing_keeps_nothing() {
    lessons();
    Table table = table("course");
    ImageTable updated = images(table, List.of("lessons"), true, true);
    ImageTable inserted = images(table, table.columnNames(), false, true);
    ImageTable deleted = images(table, table.columnNames(), true, false);
    Changed nothing = new Changed(0, 0);

    assertThat(
            change(
                dialect()
                    .updateRows(
                        table.sql(),
                        List.of("lessons"),
                        List.of(Sql.of("1")),
                        Sql.of("FALSE"),
                        updated)))
        .isEqualTo(nothing);
    assertThat(
            change(
                dialect()
                    .updateFrom(
                        table.sql(),
                        violations(table, "FALSE"),
                        Sql.of("TRUE"),
                        List.of("lessons"),
                        updated)))
        .isEqualTo(nothing);
    assertThat(change(dialect().deleteRows(table.sql(), Sql.of("FALSE"), deleted)))
        .isEqualTo(nothing);
    assertThat(
            change(
                dialect()
                    .insertRows(
                        table.sql(),
                        table.columnNames(),
                        Sql.of("SELECT id, lessons, title FROM course WHERE FALSE"),
                        List.of(),
                        inserted)))
        .isEqualTo(nothing);
  }

  @Test
  void leaves_out_rows_that_are_there_already() {
    lessons();
    Table table = table("course");
    ImageTable images = images(table, table.columnNames(), false, true);

    assertThat(
            change(
                dialect()
                    .insertRows(
                        table.sql(),
                        List.of("id", "title"),
                        Sql.of("SELECT id + 2 AS id, 'new' AS title FROM course"),
                        List.of("id"),
                        images)))
        .isEqualTo(new Changed(2, 2));
    assertThat(kept(images, "k1, a1, a2, a3"))
        .containsExactly(row("5", "5", null, "new"), row("6", "6", null, "new"));
    assertThat(rows("SELECT title FROM course WHERE id = 3")).containsExactly(row((String) null));
  }

  @Test
  void keeps_generated_keys_and_defaults() {
    session.execute(
        Sql.of("CREATE TABLE log (id {}, points integer DEFAULT 5, note text)", generatedKey()));
    session.execute(Sql.of("CREATE TABLE source (note text)"));
    session.execute(Sql.of("INSERT INTO source VALUES ('a'), ('b')"));
    Table table = table("log");
    ImageTable images = images(table, table.columnNames(), false, true);

    assertThat(
            change(
                dialect()
                    .insertRows(
                        table.sql(),
                        List.of("note"),
                        Sql.of("SELECT note FROM source ORDER BY note"),
                        List.of(),
                        images)))
        .isEqualTo(new Changed(2, 2));
    assertThat(kept(images, "k1, a1, a2, a3"))
        .containsExactly(row("1", "1", "5", "a"), row("2", "2", "5", "b"));
  }

  abstract String generatedKey();

  @Test
  void steps_read_the_frozen_violations() {
    lessons();
    session.execute(
        Sql.of("CREATE TABLE violation (id integer)")); // the user's, shadowed meanwhile
    List<List<String>> seen =
        session.transaction(
            () -> {
              dialect()
                  .freeze(Sql.of("SELECT id, lessons FROM course WHERE id < {}", Sql.value(3)))
                  .forEach(session::execute);
              session.execute(Sql.of("UPDATE course SET lessons = 0"));
              List<List<String>> first = rows("SELECT id, lessons FROM violation ORDER BY id");
              dialect().thaw().forEach(session::execute);
              dialect()
                  .freeze(Sql.of("SELECT id FROM course WHERE id = 4"))
                  .forEach(session::execute);
              List<List<String>> second = rows("SELECT * FROM violation");
              dialect().thaw().forEach(session::execute);
              return Stream.of(first, second).flatMap(List::stream).toList();
            });
    assertThat(seen).containsExactly(row("1", "10"), row("2", null), row("4"));
    assertThat(rows("SELECT * FROM violation")).isEmpty();
  }

  @Test
  void a_rolled_back_batch_leaves_nothing() {
    lessons();
    Table table = table("course");
    ImageTable images = images(table, List.of("lessons"), true, true);
    List<List<String>> before = rows("SELECT * FROM course ORDER BY id");

    RuntimeException thrown =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                session.transaction(
                    () -> {
                      dialect().freeze(Sql.of("SELECT 1 AS id")).forEach(session::execute);
                      List<Sql> statements =
                          dialect()
                              .updateRows(
                                  table.sql(),
                                  List.of("lessons"),
                                  List.of(Sql.of("0")),
                                  Sql.of("TRUE"),
                                  images);
                      statements.subList(0, statements.size() - 1).forEach(session::execute);
                      session.one(statements.getLast(), row -> row.number(1));
                      throw new IllegalStateException("stop");
                    }));
    assertThat(thrown).hasMessage("stop");
    assertThat(rows("SELECT * FROM course ORDER BY id")).isEqualTo(before);
    assertThat(kept(images, "*")).isEmpty();
    // The connection is as before: the same once more.
    assertThat(
            change(
                dialect()
                    .updateRows(
                        table.sql(),
                        List.of("lessons"),
                        List.of(Sql.of("0")),
                        Sql.of("TRUE"),
                        images)))
        .isEqualTo(new Changed(4, 4));
  }
}

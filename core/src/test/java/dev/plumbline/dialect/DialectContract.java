package dev.plumbline.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every dialect must do, on a real database. */
abstract class DialectContract extends SessionContract {
  /** Names that go wrong wherever quoting is forgotten; the last one is 63 bytes long. */
  private static final List<String> NAMES =
      List.of(
          "a \"b\" c",
          "it's",
          "select",
          "MixedCase",
          "größe ✓ 🙂",
          "semi;colon -- and /*",
          "a.b",
          "[x]`y`",
          "back\\slash {} ?",
          "n".repeat(61) + "ü");

  /** Types of key columns, each with literals of values that are hard to keep. */
  abstract Map<String, List<String>> keys();

  // --- names and texts ------------------------------------------------------------------------

  @Test
  void quotes_every_name() {
    for (String name : NAMES) {
      String quoted = dialect().quote(name);
      session.execute(Sql.of("CREATE TABLE {} ({} integer PRIMARY KEY)", quoted, quoted));
      session.execute(Sql.of("INSERT INTO {} ({}) VALUES (7)", quoted, quoted));

      Table table = table(quoted);
      assertThat(table.name()).isEqualTo(name);
      assertThat(table.primaryKey()).containsExactly(name);
      assertThat(rows(Sql.of("SELECT {} FROM {}", quoted, table.sql()))).containsExactly(row("7"));
    }
    assertThat(Database.catalog(session).tableNames()).containsAll(NAMES);
  }

  @Test
  void changes_and_keeps_rows_under_every_name() {
    for (String name : NAMES) {
      String quoted = dialect().quote(name);
      String other = dialect().quote(name.substring(1));
      session.execute(
          Sql.of("CREATE TABLE {} ({} integer PRIMARY KEY, {} text)", quoted, quoted, other));
      Table table = table(quoted);

      ImageTable inserted = images(table, table.columnNames(), false, true);
      Sql select = Sql.of("SELECT 1 AS {}, 'old' AS {}", quoted, other);
      assertThat(
              change(
                  dialect()
                      .insertRows(table.sql(), table.columnNames(), select, List.of(), inserted)))
          .isEqualTo(new Changed(1, 1));
      assertThat(kept(inserted, "k1, a1, a2")).containsExactly(row("1", "1", "old"));

      List<String> set = List.of(name.substring(1));
      ImageTable updated = images(table, set, true, true);
      assertThat(
              change(
                  dialect()
                      .updateRows(
                          table.sql(),
                          set,
                          List.of(Sql.of("'new'")),
                          Sql.of("{} = 1", quoted),
                          updated)))
          .isEqualTo(new Changed(1, 1));
      assertThat(kept(updated, "k1, b1, a1")).containsExactly(row("1", "old", "new"));

      ImageTable deleted = images(table, table.columnNames(), true, false);
      assertThat(change(dialect().deleteRows(table.sql(), Sql.of("{} = 1", quoted), deleted)))
          .isEqualTo(new Changed(1, 1));
      assertThat(kept(deleted, "k1, b1, b2")).containsExactly(row("1", "1", "new"));
    }
  }

  @Test
  void a_literal_is_the_text_itself() {
    for (String text :
        List.of("", "it's", "back\\slash", "\\'", "a\nb", "größe 🙂", "?", "{}", "--")) {
      assertThat(value(Sql.of("{}", dialect().literal(text)))).isEqualTo(text);
      assertThat(value(Sql.of("'x'||{}||'y'", dialect().literal(text))))
          .isEqualTo("x" + text + "y");
    }
  }

  // --- keys -----------------------------------------------------------------------------------

  @Test
  void a_key_of_every_type_finds_its_row_again() {
    keys()
        .forEach(
            (type, literals) -> {
              session.execute(Sql.of("CREATE TABLE keyed (k {} PRIMARY KEY)", type));
              literals.forEach(l -> session.execute(Sql.of("INSERT INTO keyed VALUES ({})", l)));
              Column column = table("keyed").columns().getFirst();
              List<String> texts = rowTexts(dialect().keyText(Sql.of("k")));

              assertThat(texts).as(type).hasSameSizeAs(literals);
              for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i);
                Sql parameter = dialect().keyParameter(text, column.type());
                assertThat(rowTexts(dialect().keyText(Sql.of("k")), Sql.of("k = {}", parameter)))
                    .as("%s %s", type, text)
                    .containsExactly(text);
                assertThat(rowTexts(dialect().keyText(Sql.of("k")), Sql.of("k > {}", parameter)))
                    .as("%s after %s", type, text)
                    .containsExactlyElementsOf(texts.subList(i + 1, texts.size()));

                Key key = new Key(List.of(text));
                Sql in =
                    dialect().keyIn(List.of(Sql.of("k")), List.of(column.type()), List.of(key));
                assertThat(
                        rowTexts(dialect().keyJson(List.of(Sql.of("k"))), in).stream()
                            .map(Key::fromJson))
                    .as("%s %s", type, text)
                    .containsExactly(key);
              }
              List<Key> all = texts.stream().map(t -> new Key(List.of(t))).toList();
              Sql in = dialect().keyIn(List.of(Sql.of("keyed.k")), List.of(column.type()), all);
              assertThat(rowTexts(Sql.of("count(*)"), in))
                  .containsExactly(String.valueOf(all.size()));
              session.execute(Sql.of("DROP TABLE keyed"));
            });
  }

  private List<String> rowTexts(Sql item) {
    return session.query(Sql.of("SELECT {} FROM keyed ORDER BY k", item), row -> row.required(1));
  }

  private List<String> rowTexts(Sql item, Sql where) {
    String order = item.toString().startsWith("count") ? "" : " ORDER BY k";
    return session.query(
        Sql.of("SELECT {} FROM keyed WHERE {}{}", item, where, order), row -> row.required(1));
  }

  @Test
  void a_composite_key_finds_its_row_again() {
    session.execute(Sql.of("CREATE TABLE pair (a varchar(20), b bigint, PRIMARY KEY (a, b))"));
    session.execute(
        Sql.of("INSERT INTO pair VALUES ('x', 1), ('x', 2), ('y', 1), ('1', 9), ('\"},{\\', -3)"));
    List<String> types = table("pair").columns().stream().map(Column::type).toList();
    List<Sql> key = List.of(Sql.of("pair.a"), Sql.of("pair.b"));

    List<Key> all =
        session.query(
            Sql.of("SELECT {} FROM pair", dialect().keyJson(key)),
            row -> Key.fromJson(row.required(1)));
    assertThat(all).contains(new Key(List.of("\"},{\\", "-3")), new Key(List.of("1", "9")));
    for (Key one : all) {
      assertThat(
              session.query(
                  Sql.of(
                      "SELECT {} FROM pair WHERE {}",
                      dialect().keyJson(key),
                      dialect().keyIn(key, types, List.of(one))),
                  row -> Key.fromJson(row.required(1))))
          .containsExactly(one);
    }
    assertThat(
            rows(
                Sql.of(
                    "SELECT count(*) FROM pair WHERE {}",
                    dialect().keyIn(key, types, all.subList(0, 3)))))
        .containsExactly(row("3"));
    assertThat(
            rows(
                Sql.of(
                    "SELECT count(*) FROM pair WHERE ({}) > ({}, {})",
                    Sql.join(", ", key),
                    dialect().keyParameter("x", types.getFirst()),
                    dialect().keyParameter("1", types.getLast()))))
        .containsExactly(row("2"));
  }

  @Test
  void no_key_is_in_an_empty_list() {
    session.execute(Sql.of("CREATE TABLE t (id integer PRIMARY KEY)"));
    session.execute(Sql.of("INSERT INTO t VALUES (1)"));
    String type = table("t").columns().getFirst().type();
    assertThat(
            rows(
                Sql.of(
                    "SELECT id FROM t WHERE {}",
                    dialect().keyIn(List.of(Sql.of("id")), List.of(type), List.of()))))
        .isEmpty();
  }

  // --- expressions ----------------------------------------------------------------------------

  @Test
  void compares_by_bytes() {
    assertThat(rows(Sql.of("SELECT 1 WHERE {} = 'A'", dialect().byBytes(Sql.of("'a'"))))).isEmpty();
    assertThat(
            rows(
                Sql.of(
                    "SELECT x FROM (SELECT 'b' AS x UNION SELECT 'B' UNION SELECT 'a') AS t ORDER BY {}",
                    dialect().byBytes(Sql.of("x")))))
        .containsExactly(row("B"), row("a"), row("b"));
  }

  @Test
  void knows_what_is_recent() {
    session.execute(Sql.of("CREATE TABLE t (id integer, at {})", timestampType()));
    session.execute(
        Sql.of(
            "INSERT INTO t VALUES (1, {}), (2, {}), (3, {}), (4, NULL)",
            hoursFromNow(-23),
            hoursFromNow(-25),
            hoursFromNow(1)));
    assertThat(rows(Sql.of("SELECT id FROM t WHERE {}", dialect().recent(Sql.of("at")))))
        .containsExactly(row("1"));
  }

  abstract String timestampType();

  abstract String hoursFromNow(int hours);

  @Test
  void tells_the_time_of_the_database() {
    Instant before = Instant.now().minusSeconds(5);
    Instant now = OffsetDateTime.parse(value(dialect().now())).toInstant();
    assertThat(now).isBetween(before, Instant.now().plusSeconds(5));
  }
}

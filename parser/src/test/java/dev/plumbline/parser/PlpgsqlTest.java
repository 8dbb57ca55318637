package dev.plumbline.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.parser.EmbeddedSql.Form;
import org.junit.jupiter.api.Test;

@WithParser
final class PlpgsqlTest {
  private static final PostgresParser PARSER = new PostgresParser();

  @Test
  void gives_the_sql_inside_of_a_function() {
    Plpgsql plpgsql =
        PARSER.parsePlpgsql(
            """
            CREATE OR REPLACE FUNCTION sync() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE n int := 3;
            BEGIN
              IF NEW.a > n THEN
                UPDATE "größe" SET total = (SELECT count(*) FROM lessons) WHERE id = NEW.id;
              END IF;
              NEW.x := n + 1;
              RETURN NEW;
            END $$;
            """);

    assertThat(plpgsql).isInstanceOf(Plpgsql.Body.class);
    assertThat(((Plpgsql.Body) plpgsql).embedded())
        .containsExactly(
            new EmbeddedSql("3", Form.EXPRESSION, 2, "PLpgSQL_var"),
            new EmbeddedSql("NEW.a > n", Form.EXPRESSION, 4, "PLpgSQL_stmt_if"),
            new EmbeddedSql(
                "UPDATE \"größe\" SET total = (SELECT count(*) FROM lessons) WHERE id = NEW.id",
                Form.STATEMENT,
                5,
                "PLpgSQL_stmt_execsql"),
            new EmbeddedSql("NEW.x := n + 1", Form.ASSIGNMENT, 7, "PLpgSQL_stmt_assign"));
  }

  @Test
  void gives_sql_that_can_be_parsed_again() {
    Plpgsql.Body body =
        (Plpgsql.Body)
            PARSER.parsePlpgsql(
                "DO $$ BEGIN FOR i IN 1..3 LOOP DELETE FROM a USING b WHERE a.id = b.id; END LOOP; END $$");

    String sql =
        body.embedded().stream()
            .filter(embedded -> embedded.form() == Form.STATEMENT)
            .map(EmbeddedSql::sql)
            .findFirst()
            .orElseThrow();

    assertThat(PARSER.parse(sql).statements().getFirst().tree().at("relation").text("relname"))
        .isEqualTo("a");
  }

  @Test
  void refuses_a_broken_body_and_goes_on() {
    Plpgsql broken = PARSER.parsePlpgsql("DO $$ BEGIN IF x THEN; END $$");
    Plpgsql whole = PARSER.parsePlpgsql("DO $$ BEGIN PERFORM 1; END $$");

    assertThat(broken)
        .isEqualTo(
            new Plpgsql.Broken(
                new SyntaxError("syntax error at or near \";\"", new Position(0, 1, 1))));
    assertThat(whole).isInstanceOf(Plpgsql.Body.class);
  }

  @Test
  void refuses_a_statement_that_cannot_be_read_at_all() {
    assertThat(PARSER.parsePlpgsql("DO DO")).isInstanceOf(Plpgsql.Broken.class);
  }

  @Test
  void refuses_what_has_no_such_body() {
    assertThatThrownBy(() -> PARSER.parsePlpgsql("SELECT 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SelectStmt has no body in PL/pgSQL");
  }

  @Test
  void knows_bodies_by_their_language() {
    assertThat(isPlpgsql("DO $$ BEGIN END $$")).isTrue();
    assertThat(isPlpgsql("DO LANGUAGE plperl $$ 1 $$")).isFalse();
    assertThat(isPlpgsql("CREATE FUNCTION f() RETURNS int LANGUAGE PLpgSQL AS 'BEGIN END'"))
        .isTrue();
    assertThat(isPlpgsql("CREATE PROCEDURE f() LANGUAGE plpgsql AS $$ BEGIN END $$")).isTrue();
    assertThat(isPlpgsql("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")).isFalse();
    assertThat(isPlpgsql("CREATE FUNCTION f() RETURNS int RETURN 1")).isFalse();
    assertThat(isPlpgsql("CREATE TABLE t (a int)")).isFalse();
  }

  @Test
  void knows_where_a_body_begins() {
    assertBodyAt("/* $$ */ DO LANGUAGE plpgsql -- '\n $x$<here>$x$");
    assertBodyAt("SELECT 1; DO '<here>'");
    assertBodyAt(
        "CREATE FUNCTION f(a text DEFAULT '$$') RETURNS int AS /* ' */ $$<here>$$ LANGUAGE plpgsql");
    assertBodyAt("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql as E'<here>'");
    assertThat(PARSER.parse("SELECT 1").statements().getFirst().bodyStart()).isEmpty();
  }

  private static void assertBodyAt(String sql) {
    assertThat(PARSER.parse(sql).statements().getLast().bodyStart())
        .hasValue(sql.indexOf("<here>"));
  }

  private static boolean isPlpgsql(String sql) {
    return PARSER.parse(sql).statements().getFirst().isPlpgsql();
  }
}

package dev.plumbline.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

@WithParser
final class SyntaxErrorTest {
  private static final PostgresParser PARSER = new PostgresParser();

  @Test
  void gives_the_statements_around_an_error() {
    String sql = "SELECT 1;\nSELEC 2;\nSELECT 3;\n";

    Parsed parsed = PARSER.parse(sql);

    assertThat(texts(parsed)).containsExactly("SELECT 1", "SELECT 3");
    assertThat(parsed.statements().get(1).start()).isEqualTo(sql.indexOf("SELECT 3"));
    assertThat(parsed.errors())
        .containsExactly(
            new SyntaxError("syntax error at or near \"SELEC\"", new Position(10, 2, 1)));
  }

  @Test
  void counts_chars_for_the_place_of_an_error() {
    String sql = "SELECT '😀é';\n\nSELECT '😀é' FROM WHERE;\nSELECT a";

    Parsed parsed = PARSER.parse(sql);

    assertThat(parsed.errors())
        .containsExactly(
            new SyntaxError(
                "syntax error at or near \"WHERE\"", new Position(sql.indexOf("WHERE"), 3, 19)));
    assertThat(
            parsed
                .statements()
                .get(1)
                .tree()
                .all("ColumnRef")
                .map(node -> node.location().orElse(-1)))
        .containsExactly(sql.indexOf("a", sql.indexOf("WHERE")));
  }

  @Test
  void goes_on_behind_a_parenthesis_that_is_never_closed() {
    Parsed parsed = PARSER.parse("CREATE TABLE t (a int;\nSELECT 1;\nSELECT (2);");

    assertThat(texts(parsed)).containsExactly("SELECT 1", "SELECT (2)");
    assertThat(parsed.errors())
        .extracting(SyntaxError::message)
        .containsExactly("syntax error at or near \";\"");
  }

  @Test
  void makes_one_error_of_a_broken_body() {
    String sql =
        """
        SELECT 1;
        CREATE FUNCTION a() RETURNS int BEGIN ATOMIC
          SELEC 1;
          SELECT 2;
        END;
        SELECT 3;
        """;

    Parsed parsed = PARSER.parse(sql);

    assertThat(texts(parsed)).containsExactly("SELECT 1", "SELECT 3");
    assertThat(parsed.errors()).extracting(error -> error.at().line()).containsExactly(3);
  }

  @Test
  void gives_what_stands_before_a_quote_without_end() {
    for (String open : List.of("'abc", "\"abc", "$$ abc", "/* abc", "E'a\\'")) {
      Parsed parsed = PARSER.parse("SELECT 1;\nSELECT " + open + "; SELECT 2;");

      assertThat(texts(parsed)).as(open).containsExactly("SELECT 1");
      assertThat(parsed.errors())
          .extracting(SyntaxError::at)
          .containsExactly(new Position(17, 2, 8));
    }
  }

  @Test
  void points_to_the_end_where_something_is_missing() {
    Parsed parsed = PARSER.parse("SELECT 1 +");

    assertThat(parsed.errors())
        .containsExactly(new SyntaxError("syntax error at end of input", new Position(10, 1, 11)));
  }

  @Test
  void refuses_a_nul_rather_than_stop_reading_there() {
    Parsed parsed = PARSER.parse("SELECT 1; SELECT '\0'; SELECT 2");

    assertThat(texts(parsed)).containsExactly("SELECT 1", "SELECT 2");
    assertThat(parsed.errors()).extracting(error -> error.at().offset()).containsExactly(18);
  }

  @Test
  void reports_every_error() {
    Parsed parsed = PARSER.parse("FOO;\nBAR;\nSELECT 1;\nBAZ");

    assertThat(parsed.errors()).extracting(error -> error.at().line()).containsExactly(1, 2, 4);
    assertThat(texts(parsed)).containsExactly("SELECT 1");
  }

  private static List<String> texts(Parsed parsed) {
    return parsed.statements().stream().map(Statement::text).toList();
  }
}

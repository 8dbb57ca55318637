package dev.plumbline.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where statements begin and end, in chars of the text that was given. */
@WithParser
final class StatementsTest {
  private static final PostgresParser PARSER = new PostgresParser();

  @Test
  void gives_each_statement_with_its_kind_and_place() {
    String sql = "CREATE TABLE t (id int);\nSELECT 1;\n";

    Parsed parsed = PARSER.parse(sql);

    assertThat(parsed.errors()).isEmpty();
    assertThat(texts(parsed)).containsExactly("CREATE TABLE t (id int)", "SELECT 1");
    assertThat(kinds(parsed)).containsExactly("CreateStmt", "SelectStmt");
    assertPlaces(sql, parsed);
  }

  @Test
  void leaves_blanks_and_comments_around_a_statement_out() {
    String sql =
        "-- first\n/* a /* nested */ one */\n  SELECT 1 -- inside\n , 2 /* after */ ; -- last\n";

    Parsed parsed = PARSER.parse(sql);

    assertThat(texts(parsed)).containsExactly("SELECT 1 -- inside\n , 2");
    assertPlaces(sql, parsed);
  }

  @Test
  void needs_no_semicolon_at_the_end() {
    String sql = "SELECT 1;\nSELECT 2 -- no more\n\n/* end */";

    Parsed parsed = PARSER.parse(sql);

    assertThat(texts(parsed)).containsExactly("SELECT 1", "SELECT 2");
    assertPlaces(sql, parsed);
  }

  @Test
  void counts_chars_where_the_parser_counts_bytes() {
    String sql =
        """
        -- Größe, 価格, 😀
        UPDATE "Größe" SET "価格" = '😀😀' WHERE "名" = 'ß';
        SELECT "é" /* 😀 */ FROM "t😀";
        SELECT lone;
        """;

    Parsed parsed = PARSER.parse(sql);

    assertThat(texts(parsed))
        .containsExactly(
            "UPDATE \"Größe\" SET \"価格\" = '😀😀' WHERE \"名\" = 'ß'",
            "SELECT \"é\" /* 😀 */ FROM \"t😀\"",
            "SELECT lone");
    assertPlaces(sql, parsed);
    assertThat(parsed.statements().get(0).tree().having("relname").map(StatementsTest::location))
        .containsExactly(sql.indexOf("\"Größe\""));
    assertThat(locations(parsed.statements().get(1), "RangeVar"))
        .containsExactly(sql.indexOf("\"t😀\""));
    assertThat(locations(parsed.statements().get(2), "ColumnRef"))
        .containsExactly(sql.indexOf("lone"));
  }

  @Test
  void keeps_its_count_behind_half_a_surrogate_pair() {
    String sql = "SELECT '\uD83D'; SELECT x";

    Parsed parsed = PARSER.parse(sql);

    assertThat(texts(parsed)).containsExactly("SELECT '\uD83D'", "SELECT x");
    assertThat(locations(parsed.statements().get(1), "ColumnRef")).containsExactly(19);
  }

  @Test
  void knows_the_place_of_the_very_first_node() {
    Parsed parsed = PARSER.parse("t.x := 1; SELECT 1");
    Parsed values = PARSER.parse("VALUES (a)");

    assertThat(parsed.errors()).hasSize(1);
    assertThat(locations(values.statements().getFirst(), "ColumnRef")).containsExactly(8);
  }

  @Test
  void takes_semicolons_in_quotes_for_text() {
    String sql =
        """
        SELECT ';', E'\\';', U&';', ";" FROM (SELECT 1 AS ";") s;
        SELECT $$;'$$, $a$ $$;$$ $b$ $a$, foo$bar$;
        """;

    Parsed parsed = PARSER.parse(sql);

    assertThat(parsed.errors()).isEmpty();
    assertThat(parsed.statements()).hasSize(2);
  }

  @Test
  void takes_bodies_as_one_statement() {
    String sql =
        """
        CREATE FUNCTION a() RETURNS int BEGIN ATOMIC
          SELECT CASE WHEN true THEN 1 ELSE 2 END;
          SELECT 2;
        END;
        DO $do$ BEGIN PERFORM 1; PERFORM $$;$$; END $do$;
        CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2);
        SELECT 3;
        """;

    Parsed parsed = PARSER.parse(sql);

    assertThat(kinds(parsed))
        .containsExactly("CreateFunctionStmt", "DoStmt", "RuleStmt", "SelectStmt");
  }

  @Test
  void takes_bodies_as_one_statement_beside_an_error_too() {
    String sql =
        """
        CREATE FUNCTION a() RETURNS int BEGIN ATOMIC
          SELECT CASE WHEN true THEN 1 ELSE 2 END;
          SELECT 2;
        END;
        SELEC 1;
        CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2);
        DO $do$ BEGIN PERFORM 1; PERFORM $$;$$; END $do$;
        """;

    Parsed parsed = PARSER.parse(sql);

    assertThat(kinds(parsed)).containsExactly("CreateFunctionStmt", "RuleStmt", "DoStmt");
    assertThat(parsed.errors()).hasSize(1);
    assertPlaces(sql, parsed);
  }

  @Test
  void finds_nothing_in_a_text_without_statements() {
    for (String sql : List.of("", "  \n\t", "-- nothing", "/* nothing */ ;;\n;", "\uFEFF")) {
      assertThat(PARSER.parse(sql)).as(sql).isEqualTo(new Parsed(List.of(), List.of(), List.of()));
    }
  }

  @Test
  void passes_over_a_byte_order_mark() {
    Parsed parsed = PARSER.parse("\uFEFFSELECT 1");

    assertThat(parsed.errors()).isEmpty();
    assertThat(parsed.statements().getFirst().start()).isEqualTo(1);
  }

  @Test
  void reads_a_thousand_statements() {
    String one = "INSERT INTO t (a, b) VALUES (1, 'é');\n";
    String sql = one.repeat(1000);

    Parsed parsed = PARSER.parse(sql);

    assertThat(parsed.statements()).hasSize(1000);
    assertThat(parsed.statements().get(999).start()).isEqualTo(999 * one.length());
    assertPlaces(sql, parsed);
  }

  @Test
  void reads_a_text_too_large_to_be_read_whole() {
    String one = "INSERT INTO t (a, b) VALUES (1, '" + "é😀; ".repeat(500) + "');\n";
    String sql = one.repeat(200) + "SELECT last";

    Parsed parsed = PARSER.parse(sql);

    assertThat(parsed.errors()).isEmpty();
    assertThat(parsed.statements()).hasSize(201);
    assertPlaces(sql, parsed);
    assertThat(locations(parsed.statements().getLast(), "ColumnRef"))
        .containsExactly(sql.indexOf("last"));
  }

  private static void assertPlaces(String sql, Parsed parsed) {
    for (Statement statement : parsed.statements()) {
      assertThat(sql.substring(statement.start(), statement.end())).isEqualTo(statement.text());
    }
  }

  private static List<String> texts(Parsed parsed) {
    return parsed.statements().stream().map(Statement::text).toList();
  }

  private static List<String> kinds(Parsed parsed) {
    return parsed.statements().stream().map(Statement::kind).toList();
  }

  private static List<Integer> locations(Statement statement, String kind) {
    return statement.tree().all(kind).map(StatementsTest::location).toList();
  }

  private static int location(Node node) {
    return node.location().orElseThrow();
  }
}

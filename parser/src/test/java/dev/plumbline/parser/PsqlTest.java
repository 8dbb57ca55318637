package dev.plumbline.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What only psql understands. */
@WithParser
final class PsqlTest {
  private static final PostgresParser PARSER = new PostgresParser();

  @Test
  void reports_commands_of_psql_by_name_and_place() {
    String sql = "\\connect other\nSELECT 1;\n  \\i it's.sql\n\\! ls\nSELECT 2;\n";

    Parsed parsed = PARSER.parse(sql);

    assertThat(parsed.errors()).isEmpty();
    assertThat(texts(parsed)).containsExactly("SELECT 1", "SELECT 2");
    assertThat(parsed.metaCommands())
        .containsExactly(
            new MetaCommand("connect", new Position(0, 1, 1), 14),
            new MetaCommand("i", new Position(27, 3, 3), 38),
            new MetaCommand("!", new Position(39, 4, 1), 44));
  }

  @Test
  void ends_a_statement_at_a_command_that_sends_it() {
    Parsed parsed = PARSER.parse("SELECT 1 \\gset x_\nSELECT 2 \\gexec\nSELECT 3;");

    assertThat(texts(parsed)).containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
    assertThat(parsed.metaCommands())
        .extracting(MetaCommand::name)
        .containsExactly("gset", "gexec");
  }

  @Test
  void leaves_backslashes_in_text_alone() {
    Parsed parsed =
        PARSER.parse("SELECT '\\x', E'\\'\\i', $$\\i$$, \"\\i\"; -- \\i\n/* \\i */ SELECT 2");

    assertThat(parsed.metaCommands()).isEmpty();
    assertThat(parsed.statements()).hasSize(2);
  }

  @Test
  void passes_over_the_data_of_a_copy() {
    String sql =
        """
        COPY public.t (a, b) FROM stdin WITH (FORMAT text);
        1\tit's; "
        2\t\\N
        \\.

        COPY t FROM stdin; SELECT 1;
        \\.
        SELECT 2;
        """;

    Parsed parsed = PARSER.parse(sql);

    assertThat(parsed.errors()).isEmpty();
    assertThat(parsed.metaCommands()).isEmpty();
    assertThat(texts(parsed))
        .containsExactly(
            "COPY public.t (a, b) FROM stdin WITH (FORMAT text)",
            "COPY t FROM stdin",
            "SELECT 1",
            "SELECT 2");
    assertThat(parsed.statements().getLast().start()).isEqualTo(sql.indexOf("SELECT 2"));
  }

  @Test
  void passes_over_no_data_where_there_is_none() {
    Parsed parsed =
        PARSER.parse(
            "COPY t FROM '/tmp/stdin';\nSELECT 'copy from stdin';\nCOPY t TO stdout;\nSELECT 1;");

    assertThat(parsed.statements()).hasSize(4);
  }

  private static List<String> texts(Parsed parsed) {
    return parsed.statements().stream().map(Statement::text).toList();
  }
}

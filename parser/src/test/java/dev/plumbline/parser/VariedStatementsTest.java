package dev.plumbline.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Statements of every sort, read whole and, beside an error, one by one. */
@WithParser
final class VariedStatementsTest {
  private static final PostgresParser PARSER = new PostgresParser();

  @Test
  void are_all_read() throws IOException {
    Parsed parsed = PARSER.parse(sql());

    assertThat(parsed.errors()).isEmpty();
    assertThat(parsed.statements()).hasSize(110);
    Set<String> kinds = new HashSet<>();
    parsed.statements().forEach(statement -> kinds.add(statement.kind()));
    assertThat(kinds).hasSize(70);
  }

  @Test
  void end_where_the_parser_says_they_end() throws IOException {
    List<Statement> whole = PARSER.parse(sql()).statements();

    Parsed beside = PARSER.parse(sql() + ";\nSELEC");

    assertThat(beside.errors()).hasSize(1);
    assertThat(beside.statements()).isEqualTo(whole);
  }

  static String sql() throws IOException {
    try (InputStream in = VariedStatementsTest.class.getResourceAsStream("varied.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

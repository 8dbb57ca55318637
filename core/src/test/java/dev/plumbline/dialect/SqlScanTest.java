package dev.plumbline.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.SqlScan.Flaw;
import dev.plumbline.dialect.SqlScan.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScanTest {

  /** One line per token: the kind's first letters and the text. */
  private static String tokens(String sql) {
    SqlScan scan = SqlScan.of(sql);
    return scan.tokens().stream()
        .map(token -> token.kind().name().charAt(0) + "<" + scan.text(token) + ">")
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "a_1 = 10 | W<a_1> S<=> N<10>",
        "größe$x | W<größe$x>",
        "1.5e-3+.5 0xFF | N<1.5e-3> S<+> N<.5> N<0xFF>",
        "'it''s' | S<'it''s'>",
        "'back\\' x | S<'back\\'> W<x>",
        "E'it\\'s' x | S<E'it\\'s'> W<x>",
        "x'00ff' B'1' n'a' | S<x'00ff'> S<B'1'> S<n'a'>",
        "U&'d\\0061' U&\"d\\0061\" | S<U&'d\\0061'> Q<U&\"d\\0061\">",
        "name'x' | W<name> S<'x'>",
        "\"a \"\"b\" | Q<\"a \"\"b\">",
        "`a ``b` | Q<`a ``b`>",
        "SELECT [my col] FROM [t] | W<SELECT> Q<[my col]> W<FROM> Q<[t]>",
        "a.[b c] | W<a> S<.> Q<[b c]>",
        "tags[i] | W<tags> S<[> W<i> S<]>",
        "(f(x))[n] | S<(> W<f> S<(> W<x> S<)> S<)> S<[> W<n> S<]>",
        "ARRAY[['a'],[b]] | W<ARRAY> S<[> S<[> S<'a'> S<]> S<,> S<[> W<b> S<]> S<]>",
        "$$a ' ; b$$ c | S<$$a ' ; b$$> W<c>",
        "$f$ $$ $f$ | S<$f$ $$ $f$>",
        "a$b$c | W<a$b$c>",
        "$1 | S<$> N<1>",
        "a -- b ' c | W<a> C<-- b ' c>",
        "a /* b /* c */ ' */ d | W<a> C</* b /* c */ ' */> W<d>",
        "a->>'b' | W<a> S<-> S<>> S<>> S<'b'>",
      })
  void cuts_sql_into_tokens(String sql, String expected) {
    assertThat(tokens(sql)).isEqualTo(expected);
  }

  @Test
  void tells_strings_from_symbols() {
    assertThat(SqlScan.of("'a' = $$b$$").tokens())
        .extracting(SqlScan.Token::kind)
        .containsExactly(Kind.STRING, Kind.SYMBOL, Kind.STRING);
  }

  @Test
  void a_line_comment_ends_with_its_line() {
    assertThat(tokens("a -- it's\nb")).isEqualTo("W<a> C<-- it's> W<b>");
    assertThat(SqlScan.of("a -- b").endsInLineComment()).isTrue();
    assertThat(SqlScan.of("a -- b\n").endsInLineComment()).isFalse();
    assertThat(SqlScan.of("a /* -- */").endsInLineComment()).isFalse();
    assertThat(SqlScan.of("").endsInLineComment()).isFalse();
  }

  @Test
  void an_escaping_string_goes_on_after_a_line_break() {
    assertThat(tokens("E'a'\n  'b\\'c' d")).isEqualTo("S<E'a'\n  'b\\'c'> W<d>");
    assertThat(tokens("E'a' 'b'")).isEqualTo("S<E'a'> S<'b'>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count(*)",
        "a = ')' AND b = ';'",
        "\"x;y\" = 1 -- ; )",
        "SELECT ARRAY[1, 2] /* ( */",
        "data @> '{\"a\": [1]}' AND data ? 'b'",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN 1 THEN 2 END; END",
      })
  void finds_no_flaw_in_one_whole_statement(String sql) {
    assertThat(SqlScan.of(sql).flaw()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "a) OR (b | 1 | `)` closes a parenthesis that was not opened",
        "f(a, (b) | 1 | `(` is not closed",
        "SELECT 1; | 8 | `;` ends the statement, but it is put inside a larger one",
        "SELECT 1; -- end | 8 | `;` ends the statement, but it is put inside a larger one",
        "SELECT 1; DROP TABLE t | 8 | `;` separates statements, but only one can stand here",
        "(SELECT 1; SELECT 2) | 9 | `;` separates statements, but only one can stand here",
        "SELECT CASE WHEN a; THEN b END | 18 | `;` separates statements, but only one can stand here",
        "a = 'b | 4 | the quote `'` that opens here is not closed",
        "a = E'b\\' | 5 | the quote `'` that opens here is not closed",
        "\"a\"\" = 1 | 0 | the quote `\"` that opens here is not closed",
        "a = $x$ b $y$ | 4 | the quote `$x$` that opens here is not closed",
        "a /* b /* c */ | 2 | the comment that begins with `/*` does not end",
        "-- nothing | 0 | there is nothing but white space and comments",
      })
  void finds_the_first_flaw(String sql, int offset, String what) {
    Flaw flaw = SqlScan.of(sql).flaw().orElseThrow();
    assertThat(flaw.what()).isEqualTo(what);
    assertThat(flaw.offset()).isEqualTo(offset);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n"})
  void finds_that_there_is_no_sql(String sql) {
    assertThat(SqlScan.of(sql).flaw())
        .map(Flaw::what)
        .contains("there is nothing but white space and comments");
  }

  @Test
  void doubles_question_marks_outside_of_quotes() {
    assertThat(
            SqlScan.of("a ? 'b?' AND c ?| d -- ?\nOR \"e?\" @? $$?$$").withDoubledQuestionMarks())
        .isEqualTo("a ?? 'b?' AND c ??| d -- ?\nOR \"e?\" @?? $$?$$");
  }

  @Test
  void every_character_is_white_space_or_in_one_token() {
    for (String sql :
        List.of(
            "",
            "'",
            "\"",
            "$",
            "$a",
            "E'",
            "/*",
            "--",
            "[",
            "[a",
            "`",
            "U&",
            "\\",
            "é\uD83D\uDE00")) {
      SqlScan scan = SqlScan.of(sql);
      assertThat(scan.tokens().stream().map(scan::text).collect(Collectors.joining()))
          .isEqualTo(sql);
    }
  }
}

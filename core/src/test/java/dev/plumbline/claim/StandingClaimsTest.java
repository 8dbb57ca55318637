package dev.plumbline.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.parser.PostgresParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which claims stand after several statements. */
@EnabledIf("dev.plumbline.parser.PostgresParser#isAvailable")
final class StandingClaimsTest {
  private static List<String> standing(String sql) {
    return PostgresFixture.claims(sql).stream()
        .map(c -> (c instanceof Claim.Absent ? "no " : "") + c.subject())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "none",
      value = {
        "CREATE TABLE t (a int); DROP TABLE t                    | no table t",
        "DROP TABLE t; CREATE TABLE t ()                         | table t",
        "CREATE TABLE t (); ALTER TABLE t RENAME TO u            | table u, no table t",
        "CREATE INDEX i ON t (a); DROP INDEX i                   | no index i",
        "CREATE INDEX i ON t (a); DROP TABLE t                   | no table t",
        "CREATE INDEX i ON t (a); ALTER TABLE t DROP COLUMN a    | no column a of t",
        "CREATE INDEX i ON t (a); ALTER TABLE t RENAME TO u      | index i on u, relation u, no table t",
        "ALTER TABLE t ADD CHECK (a > 0); ALTER TABLE t DROP CONSTRAINT t_a_check | no constraint t_a_check on t",
        "CREATE TEMP TABLE t (a int); CREATE INDEX ON t (a)      | none",
        "CREATE TABLE pg_temp.t (a int)                          | none",
        "GRANT SELECT ON t TO PUBLIC; DELETE FROM t; VACUUM t    | none",
        "CREATE TABLE t (); BEGIN; CREATE TABLE u (); ROLLBACK   | table t",
        "BEGIN; CREATE TABLE t (); COMMIT; BEGIN; ROLLBACK       | table t",
        "CREATE TABLE a.t (); DROP TABLE b.t                     | table a.t, no table b.t",
        "CREATE TABLE t (); DROP SCHEMA public CASCADE           | no schema public",
        "CREATE TABLE t (a int); ALTER TABLE t SET SCHEMA s      | table s.t, column a of s.t",
        "CREATE TABLE t (t int); ALTER TABLE t RENAME TO u       | table u, column t of u, no table t",
        "CREATE TABLE a.t (); CREATE TABLE b.t (x int); ALTER TABLE b.t RENAME TO u | table a.t, table b.u, column x of b.u, no table b.t",
        "CREATE FUNCTION f(int) RETURNS int RETURN 1; DROP FUNCTION f(text) | function f(integer), no function f(text)",
      })
  void later_statements_cancel_earlier_ones(String sql, String claims) {
    List<String> expected = claims == null ? List.of() : List.of(claims.split(", "));
    assertThat(standing(sql)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "none",
      value = {
        "CREATE TABLE t ();                                                           | table t",
        "EXECUTE 'CREATE TABLE t ()';                                                 | table t",
        "BEGIN CREATE TABLE t (); EXCEPTION WHEN duplicate_table THEN NULL; END;      | table t",
        "BEGIN CREATE TABLE t (); EXCEPTION WHEN others THEN RAISE NOTICE 'x'; END;   | table t",
        "BEGIN CREATE TABLE t (); EXCEPTION WHEN undefined_table THEN NULL; END;      | none",
        "BEGIN CREATE TABLE t (); EXCEPTION WHEN others THEN DROP TABLE u; END;       | none",
        "IF now() IS NULL THEN CREATE TABLE t (); END IF;                             | none",
        "FOR i IN 1..3 LOOP CREATE TABLE t (); END LOOP;                              | none",
        "IF now() IS NULL THEN RETURN; END IF; CREATE TABLE t ();                     | none",
        "EXECUTE 'CREATE TABLE ' || 't ()';                                           | none",
        "RETURN; CREATE TABLE t ();                                                   | none",
      })
  void of_a_do_block_only_what_must_run(String body, String claims) {
    assertThat(standing("DO $$ BEGIN " + body + " END $$"))
        .isEqualTo(claims == null ? List.of() : List.of(claims));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "none",
      value = {
        "DO $$ BEGIN IF now() IS NULL THEN DROP TABLE t; END IF; END $$            | table u",
        "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 't'); END $$                  | none",
        "DO $$ BEGIN EXECUTE format('GRANT SELECT ON %I TO x', 't'); END $$        | table t,table u",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN DROP TABLE t; END'; SELECT f() | none",
        "DO LANGUAGE plperl 'anything'                                             | none",
      })
  void what_may_have_run_cancels_claims(String sql, String left) {
    assertThat(standing("CREATE TABLE t (); CREATE TABLE u (); " + sql))
        .isEqualTo(left == null ? List.of() : List.of(left.split(",")));
  }

  @Test
  void a_search_path_says_where_a_name_lies() {
    List<Claim> claims =
        PostgresFixture.claims(
            "SET search_path = app; CREATE TABLE t (); SET search_path = b; CREATE TABLE t ()");
    assertThat(claims)
        .extracting(c -> c.subject().name().path())
        .containsExactly(List.of("app"), List.of("b"));
  }

  @Test
  void a_claim_says_which_statement_of_which_text_makes_it() {
    PostgresClaims claims = new PostgresClaims(new PostgresParser());
    claims.add("1.sql", PostgresFixture.statements("SELECT 1; CREATE TABLE t (a int)"));
    claims.add("2.sql", PostgresFixture.statements("ALTER TABLE t ALTER a SET NOT NULL"));
    assertThat(claims.standing())
        .extracting(Claim::origin)
        .containsExactly(
            new Origin("1.sql", 10, "CREATE TABLE t (a int)"),
            new Origin("1.sql", 10, "CREATE TABLE t (a int)"),
            new Origin("2.sql", 0, "ALTER TABLE t ALTER a SET NOT NULL"));
  }
}

package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import org.junit.jupiter.api.Test;

/** What is proposed can be taken over as it is, with the user's names. */
@WithParser
class CorrectedSqlTest {

  private static String instead(String file, String sql) {
    return Lints.after().and(file, sql).findings().getFirst().instead().orElseThrow();
  }

  private static String instead(String sql) {
    return instead("change.sql", sql);
  }

  @Test
  void an_index_beside_the_writers() {
    assertThat(instead("create unique index on Orders (lower(\"Name\")) where x > 0"))
        .isEqualTo("create unique INDEX CONCURRENTLY on Orders (lower(\"Name\")) where x > 0;");
  }

  @Test
  void outside_of_the_transaction_in_the_way_of_the_tool() {
    assertThat(
            instead("1.sql", "-- +goose Up\nCREATE INDEX a_x ON a (x);\n-- +goose Down\nSELECT 1;"))
        .isEqualTo("-- +goose NO TRANSACTION\nCREATE INDEX CONCURRENTLY a_x ON a (x);");
    assertThat(instead("1.sql", "-- migrate:up\nCREATE INDEX a_x ON a (x);"))
        .startsWith("-- migrate:up transaction:false\n");
  }

  @Test
  void a_foreign_key_in_two_steps() {
    assertThat(
            instead(
                "ALTER TABLE \"Post\" ADD COLUMN author int REFERENCES sales.people (id) ON DELETE SET NULL;"))
        .isEqualTo(
            """
            ALTER TABLE "Post" ADD CONSTRAINT "Post_author_fkey" FOREIGN KEY (author) REFERENCES sales.people (id) ON DELETE SET NULL NOT VALID;
            ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_author_fkey";   -- in a later transaction; it blocks neither reads nor writes""");
  }

  @Test
  void a_check_with_its_condition_as_written() {
    assertThat(instead("ALTER TABLE a ADD CHECK ((x > 0) OR note = ')');"))
        .startsWith(
            "ALTER TABLE a ADD CONSTRAINT a_x_check CHECK ((x > 0) OR note = ')') NOT VALID;\n");
  }

  @Test
  void a_unique_constraint_over_an_index_that_is_there() {
    assertThat(instead("ALTER TABLE a ADD UNIQUE (x, \"Y\");"))
        .isEqualTo(
            """
            CREATE UNIQUE INDEX CONCURRENTLY "a_x_Y_key" ON a (x, "Y");
            ALTER TABLE a ADD CONSTRAINT "a_x_Y_key" UNIQUE USING INDEX "a_x_Y_key";""");
  }

  @Test
  void names_of_placeholders_are_told_as_they_stand_in_the_file() {
    assertThat(instead("V1__x.sql", "DROP INDEX IF EXISTS ${schema}.a_x;"))
        .endsWith("DROP INDEX CONCURRENTLY IF EXISTS ${schema}.a_x;");
  }

  @Test
  void in_a_do_block_it_is_said_that_it_belongs_outside() {
    assertThat(instead("DO $$ BEGIN CREATE INDEX a_x ON a (x); END $$;"))
        .isEqualTo("-- outside of the DO block:\nCREATE INDEX CONCURRENTLY … ON a …;");
  }
}

package dev.plumbline.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolTextTest {

  @Test
  void a_placeholder_becomes_a_name_of_the_same_length_and_is_told_as_it_was() {
    ToolText text = ToolText.of(Tool.FLYWAY, "DROP TABLE ${App.Schema}.users;");
    assertThat(text.sql()).isEqualTo("DROP TABLE qzapp_schema_.users;");
    assertThat(text.restored("the table qzapp_schema_.users goes"))
        .isEqualTo("the table ${App.Schema}.users goes");
  }

  @Test
  void a_dollar_quoted_text_is_no_placeholder() {
    String sql = "SELECT $${name}$$;";
    assertThat(ToolText.of(Tool.FLYWAY, sql).sql()).isEqualTo(sql);
  }

  @Test
  void goose_puts_its_environment_in_only_where_asked() {
    String sql = "-- +goose ENVSUB ON\nSELECT ${A};";
    assertThat(ToolText.of(Tool.GOOSE, sql).sql()).endsWith("SELECT qza_;");
    assertThat(ToolText.of(Tool.GOOSE, "SELECT ${A};").sql()).isEqualTo("SELECT ${A};");
  }

  @Test
  void statements_end_where_the_tool_ends_them() {
    assertThat(ToolText.of(Tool.DRIZZLE, "SELECT 1\n--> statement-breakpoint\nSELECT 2").sql())
        .isEqualTo("SELECT 1\n;-- statement-breakpoint\nSELECT 2");
    assertThat(ToolText.of(Tool.GOOSE, "SELECT 1\n-- +goose StatementEnd\n").sql())
        .isEqualTo("SELECT 1\n;--+goose StatementEnd\n");
    assertThat(ToolText.of(Tool.DBMATE, "SELECT 1\n-- migrate:down\n").sql())
        .isEqualTo("SELECT 1\n;--migrate:down\n");
  }

  @Test
  void variables_of_psql_lose_their_colon() {
    assertThat(
            ToolText.of(Tool.PLAIN, "\\set n 1\nSELECT :n, :'who', :\"col\", x::n, a[1:n]")
                .withoutColons()
                .sql())
        .isEqualTo("\\set n 1\nSELECT  n,  'who',  \"col\", x::n, a[1:n]");
  }
}

package dev.plumbline.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.layout.Layout.Part;
import dev.plumbline.layout.Layout.Wrapping;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutsTest {

  private static Layout layout(String file, String text, String settings) {
    return Layouts.of(new Source(Path.of(file), text, settings, false, List.of()));
  }

  private static Layout layout(String file, String text) {
    return layout(file, text, "");
  }

  @ParameterizedTest
  @CsvSource({
    "V1__users.sql, FLYWAY, WRAPPED",
    "db/migration/V2024.01.31_2__x.sql, FLYWAY, WRAPPED",
    "R__views.sql, FLYWAY, WRAPPED",
    "B7__baseline.sql, FLYWAY, WRAPPED",
    "000001_users.up.sql, GOLANG_MIGRATE, ONE_QUERY",
    "prisma/migrations/20230101120000_init/migration.sql, PRISMA, ONE_QUERY",
    "supabase/migrations/20230101120000_init.sql, SUPABASE, WRAPPED",
    "drizzle/0000_lively_wasp.sql, DRIZZLE, WRAPPED",
    "20220101000000_users.up.sql, SQLX, ONE_QUERY",
    "migrations/2023-01-15-101500_create_posts/up.sql, DIESEL, WRAPPED",
    "001_users.sql, PLAIN, UNKNOWN",
    "V1_users.sql, PLAIN, UNKNOWN",
    "up.sql, PLAIN, UNKNOWN",
  })
  void a_name_tells_whose_file_it_is(String file, Tool tool, Wrapping wrapping) {
    assertThat(layout(file, "SELECT 1;").tool()).isEqualTo(tool);
    assertThat(layout(file, "SELECT 1;").wrapping()).isEqualTo(wrapping);
  }

  @Test
  void marks_in_the_text_decide_before_names_do() {
    assertThat(layout("V1__x.sql", "-- +goose Up\nSELECT 1;").tool()).isEqualTo(Tool.GOOSE);
    assertThat(layout("20240101000000_x.sql", "-- migrate:up\n").tool()).isEqualTo(Tool.DBMATE);
    assertThat(layout("a/1.sql", "SELECT 1;--> statement-breakpoint\n").tool())
        .isEqualTo(Tool.DRIZZLE);
    assertThat(layout("1_x.sql", "-- no-transaction\nSELECT 1").tool()).isEqualTo(Tool.SQLX);
  }

  @Test
  void what_has_steps_is_plumblines_whatever_its_name() {
    List<Part> steps = List.of(new Part(0, Section.SCHEMA), new Part(20, Section.CONSTRAIN));
    Layout layout =
        Layouts.of(new Source(Path.of("V1__x.sql"), "-- plumb:schema\n…", "", false, steps));
    assertThat(layout.tool()).isEqualTo(Tool.PLUMBLINE);
    assertThat(layout.section(30)).isEqualTo(Section.CONSTRAIN);
  }

  @Test
  void each_tool_has_its_way_to_leave_the_transaction_out() {
    assertThat(layout("V1__x.sql", "", "executeInTransaction=false\n").wrapping())
        .isEqualTo(Wrapping.NOT_WRAPPED);
    assertThat(layout("1.sql", "-- migrate:up transaction:false\n").wrapping())
        .isEqualTo(Wrapping.NOT_WRAPPED);
    assertThat(
            layout("1.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down transaction:false\n")
                .wrapping())
        .isEqualTo(Wrapping.WRAPPED);
    assertThat(layout("1.sql", "-- +goose NO TRANSACTION\n-- +goose Up\n").wrapping())
        .isEqualTo(Wrapping.NOT_WRAPPED);
    assertThat(layout("1_x.sql", "-- no-transaction\n").wrapping()).isEqualTo(Wrapping.NOT_WRAPPED);
    assertThat(layout("2023-01-01-000000_x/up.sql", "", "run_in_transaction = false\n").wrapping())
        .isEqualTo(Wrapping.NOT_WRAPPED);
  }

  @ParameterizedTest
  @CsvSource({
    "U1__users.sql",
    "000001_users.down.sql",
    "20220101000000_users.down.sql",
    "2023-01-15-101500_create_posts/down.sql",
  })
  void what_takes_back_is_no_forward_change(String file) {
    assertThat(layout(file, "DROP TABLE users;").section(0)).isEqualTo(Section.UNDO);
  }

  @Test
  void a_file_with_both_directions_is_cut_at_its_marks() {
    String text = "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n";
    assertThat(layout("1.sql", text).section(text.indexOf("SELECT 1"))).isEqualTo(Section.SCHEMA);
    assertThat(layout("1.sql", text).section(text.indexOf("SELECT 2"))).isEqualTo(Section.UNDO);
  }
}

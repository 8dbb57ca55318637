package dev.plumbline.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The journal's statements are the same for every database: so its tables must be the same too. */
class JournalDdlTest {
  private static final Pattern TYPES =
      Pattern.compile("\\b(bigint|integer|timestamptz|text|strict, without rowid|strict)\\b");

  /** The statements without what the databases call differently: types, schema, clock. */
  private static List<String> tables(Dialect dialect) {
    return dialect.journalDdl().stream()
        .map(Sql::toString)
        .filter(sql -> !sql.startsWith("CREATE SCHEMA"))
        .filter(sql -> !sql.contains("plumb.image_rows")) // for roles, which SQLite has not
        .filter(sql -> !sql.contains("plumb_guards_aside")) // a setting in PostgreSQL
        .map(sql -> sql.toLowerCase(Locale.ROOT))
        .map(sql -> sql.replaceAll("\\s+with \\(toast_tuple_target = \\d+\\)$", ""))
        .map(sql -> sql.replace("generated always as identity primary key", "primary key"))
        .map(sql -> sql.replace("primary key autoincrement", "primary key"))
        .map(
            sql ->
                sql.replaceAll("default (clock_timestamp\\(\\)|\\(strftime.*\\))", "default now"))
        .map(sql -> sql.replace("plumb.", "plumb_").replace("plumb_runs_one", "runs_one"))
        .map(sql -> TYPES.matcher(sql).replaceAll(""))
        .map(sql -> sql.replaceAll("\\s+", " ").replace(" ,", ",").strip())
        .toList();
  }

  @Test
  void has_the_same_tables_and_columns_in_every_database() {
    assertThat(tables(new SqliteDialect())).isEqualTo(tables(new PostgresDialect()));
    assertThat(tables(new SqliteDialect()).getFirst())
        .contains("plumb_runs ( id primary key, kind not null,");
  }
}

package dev.plumbline.migration;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import java.util.ArrayList;
import java.util.List;

/** A stretch of SQL taken apart into statements, as the database itself would. */
public final class Script {
  private Script() {}

  /**
   * The statements, in order.
   *
   * @throws ProjectException for what the database would not read, and what has no place in a
   *     migration: transaction control, commands for psql, data for COPY
   */
  public static List<SqlStatement> read(Dialect dialect, Fragment sql) {
    List<Problem> problems = new ArrayList<>();
    List<SqlStatement> statements =
        switch (dialect) {
          case PostgresDialect postgres -> PostgresScript.read(sql, problems);
          case SqliteDialect sqlite -> SqliteScript.read(sql, problems);
        };
    if (!problems.isEmpty()) {
      throw new ProjectException(problems);
    }
    return statements;
  }
}

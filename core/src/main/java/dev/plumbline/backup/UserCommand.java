package dev.plumbline.backup;

import dev.plumbline.database.JdbcUrl;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A backup by a command of the user's, believed by its exit code. It finds in its environment where
 * the database is, and a file that it may write.
 */
record UserCommand(JdbcUrl url, String line, Map<String, String> environment) implements Taker {
  private static final String SQLITE = "jdbc:sqlite:";

  @Override
  public String madeWith() {
    return "the command of plumb.yaml";
  }

  @Override
  public String ending() {
    return ".backup";
  }

  @Override
  public String take(Path file) {
    Map<String, String> given =
        new HashMap<>(
            switch (url.dialect()) {
              case PostgresDialect postgres -> LibpqEnvironment.of(url, environment);
              case SqliteDialect sqlite -> environment;
            });
    given.put("PLUMB_BACKUP_FILE", file.toAbsolutePath().toString());
    if (url.url().startsWith(SQLITE)) {
      given.put("PLUMB_DATABASE_FILE", url.label().substring(url.label().indexOf(':') + 1));
    }
    Program.Result result = new Program(List.of("sh", "-c", line), given).run(out -> {});
    if (result.exit() != 0) {
      throw new PlumblineException(
          ErrorCode.FAILED,
          "The backup's command ended with exit code "
              + result.exit()
              + (result.errors().isEmpty() ? "." : ":\n" + result.errors()),
          "Nothing was changed in the database: without its backup the change does not begin.",
          "Run the command of `backup` in plumb.yaml by hand until it succeeds.");
    }
    return "the command's exit code 0; its content was not looked at";
  }
}

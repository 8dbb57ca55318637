package dev.plumbline.cli;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.error.Position;
import dev.plumbline.report.Sources;
import java.nio.file.Path;
import java.util.Optional;

/** The condition behind {@code --where}: the user's SQL, and its place for messages. */
record WhereFlag(String text) {
  private static final Path PLACE = Path.of("--where");

  /**
   * The condition, if it is one whole expression.
   *
   * @throws dev.plumbline.error.PlumblineException (usage) if it is not
   */
  Fragment fragment() {
    SqlScan scan = SqlScan.of(text);
    scan.flaw()
        .ifPresent(
            flaw -> {
              throw UsageErrors.usage(
                  "In the SQL of --where " + flaw.what() + ": " + text, flaw.next());
            });
    String safe = scan.endsInLineComment() ? text + "\n" : text;
    return new Fragment(safe, new Position(PLACE, 1, 1), 1);
  }

  /** The project's files and this text. */
  Sources sources() {
    return file -> PLACE.equals(file) ? Optional.of(text) : Invocation.source(file);
  }
}

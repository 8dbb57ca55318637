package dev.plumbline.lint.rule;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.dialect.SqlScan.Kind;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A name of which PostgreSQL keeps the beginning only. */
final class IdentifierTooLong extends StatedRule {
  /** NAMEDATALEN - 1. */
  private static final int MOST_BYTES = 63;

  IdentifierTooLong() {
    super(
        "identifier-too-long",
        Severity.WARNING,
        "A name of more than 63 bytes (with `--style`).",
        "PostgreSQL cuts it off with a mere notice; two long names may become one.");
  }

  @Override
  public boolean isStyle() {
    return true;
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    SqlScan scan = SqlScan.of(file.text());
    return scan.code().stream()
        .filter(token -> token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_NAME)
        .filter(token -> bytes(scan.text(token)) > MOST_BYTES)
        .map(
            token ->
                finding(file, token.start(), "this name has " + bytes(scan.text(token)) + " bytes"))
        .toList();
  }

  private static int bytes(String name) {
    return name.replace("\"", "").getBytes(StandardCharsets.UTF_8).length;
  }
}

package dev.plumbline.lint;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import dev.plumbline.project.Directive;
import java.util.ArrayList;
import java.util.List;

/** Turns a file's text into what rules look at. Safe for use by several threads. */
final class FileReader {
  private final PostgresParser parser;

  FileReader(PostgresParser parser) {
    this.parser = parser;
  }

  LintFile read(int number, LintSource source) {
    List<Directive> directives = directives(source.text());
    Layout layout = Layouts.of(source.path(), directives, source.own());
    Parsed parsed = parser.parse(source.text());
    List<LintStatement> statements = new ArrayList<>();
    for (Statement statement : parsed.statements()) {
      statements.add(
          new LintStatement(
              statements.size(),
              layout.section(statement.start()),
              statement,
              ChangeReader.read(parser, statement, source.text())));
    }
    return new LintFile(
        number,
        source.path(),
        source.text(),
        layout,
        statements,
        directives,
        parsed.errors(),
        parsed.metaCommands());
  }

  /** Most files have none, and need not be scanned a second time. */
  private static List<Directive> directives(String text) {
    return text.contains("plumb:") ? Directive.in(SqlScan.of(text)) : List.of();
  }
}

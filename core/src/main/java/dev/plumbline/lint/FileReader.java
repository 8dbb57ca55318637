package dev.plumbline.lint;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.layout.Layout;
import dev.plumbline.layout.Layouts;
import dev.plumbline.layout.Source;
import dev.plumbline.layout.Tool;
import dev.plumbline.layout.ToolText;
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
    Layout layout = Layouts.of(laidOut(source, directives));
    ToolText text = readable(ToolText.of(layout.tool(), source.text()), layout);
    Parsed parsed = parser.parse(text.sql());
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
        text,
        statements,
        directives,
        parsed.errors().stream().filter(error -> !text.isOpen(error.at().offset())).toList(),
        parsed.metaCommands());
  }

  private static Source laidOut(LintSource source, List<Directive> directives) {
    return new Source(
        source.path(), source.text(), source.settings(), source.own(), Steps.of(directives));
  }

  /** psql puts its variables in where it runs a file; nobody else does. */
  private ToolText readable(ToolText text, Layout layout) {
    boolean variables = layout.tool() == Tool.PLAIN && text.mayHaveVariables();
    return variables && !parser.parse(text.sql()).errors().isEmpty() ? text.withoutColons() : text;
  }

  /** Most files have none, and need not be scanned a second time. */
  private static List<Directive> directives(String text) {
    return text.contains("plumb:") ? Directive.in(SqlScan.of(text)) : List.of();
  }
}

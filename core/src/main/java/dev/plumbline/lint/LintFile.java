package dev.plumbline.lint;

import dev.plumbline.error.Position;
import dev.plumbline.layout.Layout;
import dev.plumbline.layout.Tool;
import dev.plumbline.layout.ToolText;
import dev.plumbline.parser.MetaCommand;
import dev.plumbline.parser.SyntaxError;
import dev.plumbline.project.Directive;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file as the rules see it.
 *
 * @param number its place in the run, from 0: the order in which files are applied
 * @param toolText the text as the parser reads it
 * @param statements in the order of the text, those of the undo section included
 * @param directives Plumbline's, in the order of the text
 * @param errors what PostgreSQL's parser refuses
 * @param metaCommands what only psql understands
 */
public record LintFile(
    int number,
    Path path,
    String text,
    Layout layout,
    ToolText toolText,
    List<LintStatement> statements,
    List<Directive> directives,
    List<SyntaxError> errors,
    List<MetaCommand> metaCommands) {
  public LintFile {
    statements = List.copyOf(statements);
    directives = List.copyOf(directives);
    errors = List.copyOf(errors);
    metaCommands = List.copyOf(metaCommands);
  }

  /** A text about the file with the placeholders that stand in it. */
  String restored(String about) {
    return toolText.restored(about);
  }

  /** Whether {@code plumb migrate} runs it. */
  public boolean isOwn() {
    return layout.tool() == Tool.PLUMBLINE;
  }

  /** Whether it says what its steps are. What such a file lacks, its author left out. */
  public boolean hasSteps() {
    return directives.stream()
        .anyMatch(
            d ->
                List.of("expect", "schema", "backfill", "verify", "constrain", "document", "undo")
                    .contains(d.word()));
  }

  /** The directives with this word. */
  public List<Directive> directives(String word) {
    return directives.stream().filter(directive -> directive.word().equals(word)).toList();
  }

  /** The statements that run when the migration is applied. */
  public List<LintStatement> forward() {
    return statements.stream().filter(statement -> statement.section().isForward()).toList();
  }

  /** All that the forward statements do, of one sort, in order. */
  public <C> Stream<C> changes(Class<C> sort) {
    return statements.stream()
        .filter(statement -> statement.section().isForward())
        .flatMap(statement -> statement.changes().stream())
        .filter(sort::isInstance)
        .map(sort::cast);
  }

  /** The statement that holds the offset, or the last before it. */
  public LintStatement statementAt(int offset) {
    LintStatement found = statements.getFirst();
    for (LintStatement statement : statements) {
      if (statement.statement().start() > offset) {
        break;
      }
      found = statement;
    }
    return found;
  }

  /** The statement at an offset, as written. */
  public String sqlAt(int offset) {
    return statementAt(offset).statement().text();
  }

  public Position position(int offset) {
    dev.plumbline.parser.Position at =
        dev.plumbline.parser.Position.of(text, Math.min(offset, text.length()));
    return new Position(path, at.line(), at.column());
  }

  /** The word that begins at an offset, or the one character there; empty at the end. */
  String word(int offset) {
    int end = offset;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return text.substring(
        Math.min(offset, text.length()), Math.min(Math.max(end, offset + 1), text.length()));
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '"' || c == '-' || c == '.';
  }
}

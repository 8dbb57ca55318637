package dev.plumbline.parser;

import dev.plumbline.parser.PgQuery.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Parses a text as a whole, and if that fails, statement by statement. */
final class ScriptParser {
  /** Beyond this, one tree for the whole text would take tens of megabytes before it is cut up. */
  private static final int WHOLE_CHARS = 1 << 18;

  private final PsqlScript script;
  private final Function<String, Answer> parser;
  private final Utf8Offsets offsets;
  private final TreeReader reader = new TreeReader();
  private final List<Statement> statements = new ArrayList<>();
  private final List<SyntaxError> errors = new ArrayList<>();

  ScriptParser(PsqlScript script, Function<String, Answer> parser) {
    this.script = script;
    this.parser = parser;
    this.offsets = new Utf8Offsets(script.sql());
  }

  Parsed parse() {
    if (script.sql().length() > WHOLE_CHARS || !parseWhole()) {
      parseEach();
    }
    return new Parsed(statements, errors, script.metaCommands());
  }

  private boolean parseWhole() {
    int end = script.sql().length();
    return switch (answer(0, end)) {
      case Answer.Json json -> {
        add(json, 0, end);
        yield true;
      }
      case Answer.Error error -> false;
    };
  }

  private void parseEach() {
    int from = 0;
    while (from < script.sql().length()) {
      PsqlScript.End end = script.endAfter(from);
      switch (answer(from, end.offset())) {
        case Answer.Json json -> {
          add(json, from, end.offset());
          from = end.offset() + 1;
        }
        case Answer.Error error -> {
          Position at = position(error, from, end.offset());
          errors.add(new SyntaxError(error.message(), at));
          // With a parenthesis open, all that follows would seem to belong to this statement.
          int last = end.closed() ? end.offset() : script.semicolonFrom(at.offset());
          from = last + 1;
        }
      }
    }
  }

  /** A blank goes before, since the parser leaves a location out that is zero. */
  private Answer answer(int from, int end) {
    String piece = script.sql().substring(from, end);
    int nul = piece.indexOf('\0');
    return nul >= 0
        ? new Answer.Error(
            "invalid byte sequence for encoding \"UTF8\": 0x00", piece.codePointCount(0, nul) + 2)
        : parser.apply(" " + piece);
  }

  private Position position(Answer.Error error, int from, int end) {
    String piece = script.sql().substring(from, end);
    // One for the blank, one for counting from 1.
    int codePoints = Math.max(error.codePoint() - 2, 0);
    int found =
        codePoints <= piece.codePointCount(0, piece.length())
            ? piece.offsetByCodePoints(0, codePoints)
            : piece.length();
    int start = error.codePoint() == 0 ? script.skipBlank(from, end) : from + found;
    return Position.of(script.sql(), start);
  }

  private void add(Answer.Json json, int from, int end) {
    int firstByte = offsets.byteAt(from) - 1;
    Node tree = reader.read(json.text(), location -> offsets.charAt(location + firstByte));
    for (Node raw : tree.at("stmts").items()) {
      int startByte = raw.at("stmt_location").number().orElse(0) + firstByte;
      int start = script.skipBlank(Math.max(offsets.charAt(startByte), from), end);
      int length = raw.at("stmt_len").number().orElse(0);
      int rawEnd = length == 0 ? end : offsets.charAt(startByte + length);
      int stop = script.skipBlankBackwards(start, rawEnd);
      raw.at("stmt").only().ifPresent(stmt -> add(start, stop, stmt));
    }
  }

  private void add(int start, int end, Map.Entry<String, Node> stmt) {
    String text = script.sql().substring(start, end);
    statements.add(new Statement(start, text, stmt.getKey(), stmt.getValue()));
  }
}

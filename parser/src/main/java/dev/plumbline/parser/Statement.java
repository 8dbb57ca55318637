package dev.plumbline.parser;

import java.util.Locale;

/**
 * One statement of a text.
 *
 * @param start the offset of its first token, in chars from 0; blanks and comments before it do not
 *     count
 * @param text as written, without the semicolon
 * @param kind what it is in PostgreSQL's grammar, such as {@code SelectStmt} or {@code IndexStmt}
 * @param tree its parse tree; locations in it are offsets into the whole text, in chars
 */
public record Statement(int start, String text, String kind, Node tree) {

  /** The offset after its last token, in chars from 0. */
  public int end() {
    return start + text.length();
  }

  /**
   * Whether it carries a body in PL/pgSQL, which {@link PostgresParser#parsePlpgsql(Statement)} can
   * take apart: a {@code DO}, or a {@code CREATE FUNCTION} or {@code PROCEDURE}.
   */
  public boolean isPlpgsql() {
    return switch (kind) {
      case "DoStmt" -> language("args", "plpgsql").equals("plpgsql");
      case "CreateFunctionStmt" -> language("options", "sql").equals("plpgsql") && hasBody();
      default -> false;
    };
  }

  private String language(String options, String otherwise) {
    return tree.at(options).items().stream()
        .map(option -> option.at("DefElem"))
        .filter(option -> option.text("defname").equals("language"))
        .map(option -> option.at("arg").at("String").text("sval").toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(otherwise);
  }

  private boolean hasBody() {
    return tree.at("options").items().stream()
        .anyMatch(option -> option.at("DefElem").text("defname").equals("as"));
  }
}

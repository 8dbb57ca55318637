package dev.plumbline.parser;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

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
      case "DoStmt" -> language("plpgsql").equals("plpgsql");
      case "CreateFunctionStmt" -> language("sql").equals("plpgsql") && hasBody();
      default -> false;
    };
  }

  /**
   * Where the body of a {@code DO} or of a function begins, after its opening quote: in chars of
   * the whole text, from 0. The line there is line 1 of {@link EmbeddedSql#line}.
   */
  public OptionalInt bodyStart() {
    return options()
        .filter(option -> option.text("defname").equals("as"))
        .flatMapToInt(option -> option.location().stream())
        .map(as -> start + afterOpeningQuote(as - start))
        .findFirst();
  }

  /** From {@code AS $body$}, or for a {@code DO} from {@code $body$}. */
  private int afterOpeningQuote(int as) {
    PsqlScript script = PsqlScript.read(text);
    boolean word = text.regionMatches(true, as, "as", 0, 2);
    int quote = script.skipBlank(word ? as + 2 : as, text.length());
    return text.charAt(quote) == '$'
        ? text.indexOf('$', quote + 1) + 1
        : text.indexOf('\'', quote) + 1;
  }

  private String language(String otherwise) {
    return options()
        .filter(option -> option.text("defname").equals("language"))
        .map(option -> option.at("arg").at("String").text("sval").toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(otherwise);
  }

  private boolean hasBody() {
    return options().anyMatch(option -> option.text("defname").equals("as"));
  }

  private Stream<Node> options() {
    Node options = tree.at(kind.equals("DoStmt") ? "args" : "options");
    return options.items().stream().map(option -> option.at("DefElem"));
  }
}

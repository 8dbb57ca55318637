package dev.plumbline.parser;

/**
 * SQL inside of a PL/pgSQL body.
 *
 * @param sql as written there
 * @param form what it is: only a statement can be parsed as it is
 * @param line of the body, from 1; the body begins after its opening quote
 * @param in the PL/pgSQL statement that holds it, such as {@code PLpgSQL_stmt_execsql}
 */
public record EmbeddedSql(String sql, Form form, int line, String in) {

  /** How PL/pgSQL reads the text. */
  public enum Form {
    /** A statement of its own. */
    STATEMENT,
    /** What can follow {@code SELECT}. */
    EXPRESSION,
    /** {@code target := expression}. */
    ASSIGNMENT;

    /** PostgreSQL's RawParseMode: 0 statement, 1 type name, 2 expression, 3 to 5 assignments. */
    static Form of(String parseMode) {
      return switch (parseMode) {
        case "", "0" -> STATEMENT;
        case "3", "4", "5" -> ASSIGNMENT;
        default -> EXPRESSION;
      };
    }
  }
}

package dev.plumbline.dialect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * SQL cut into tokens by the rules of PostgreSQL and SQLite united; white space lies between them.
 * It is no parser: it knows what is quoted, what is a comment, and how parentheses nest, which is
 * what it takes to embed a fragment safely, to double {@code ?} for JDBC, and to compare
 * definitions.
 *
 * <p>Where the two databases differ: block comments nest (as in PostgreSQL), {@code E'…'} knows
 * backslashes, and {@code [} opens a quoted name (as in SQLite) unless it reads as a subscript.
 *
 * @param sql the text that was scanned
 * @param tokens every token, comments included, in order
 * @param unterminated the quote or comment that the text leaves open, if it does
 */
public record SqlScan(String sql, List<Token> tokens, Optional<Flaw> unterminated) {
  public SqlScan {
    tokens = List.copyOf(tokens);
  }

  /** What a token is. A symbol is one character: {@code ->>} is three tokens. */
  public enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    SYMBOL,
    COMMENT
  }

  /** A token: {@code sql.substring(start, end)}. */
  public record Token(Kind kind, int start, int end) {}

  /**
   * Why a text cannot stand inside a larger statement.
   *
   * @param offset where in the text, from 0
   * @param what what is wrong
   * @param next what to write instead
   */
  public record Flaw(int offset, String what, String next) {}

  /** Scans any text; what is wrong with it is asked for afterwards. */
  public static SqlScan of(String sql) {
    return new SqlLexer(sql).scan();
  }

  /** The token as written. */
  public String text(Token token) {
    return sql.substring(token.start(), token.end());
  }

  /** The tokens that mean something: all but the comments. */
  public List<Token> code() {
    return tokens.stream().filter(token -> token.kind() != Kind.COMMENT).toList();
  }

  /** Whether the text ends in a {@code --} comment, which would swallow what is put after it. */
  public boolean endsInLineComment() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.getLast();
    return last.kind() == Kind.COMMENT && text(last).startsWith("--") && last.end() == sql.length();
  }

  /**
   * The first reason why the text is not one whole statement or expression that can be put in
   * parentheses: nothing there, an open quote, a parenthesis without its partner, a semicolon.
   */
  public Optional<Flaw> flaw() {
    if (unterminated.isPresent()) {
      return unterminated;
    }
    if (code().isEmpty()) {
      return Optional.of(
          new Flaw(
              0,
              "there is nothing but white space and comments",
              "Write the SQL, or remove the key."));
    }
    return structuralFlaw();
  }

  private Optional<Flaw> structuralFlaw() {
    Deque<Token> open = new ArrayDeque<>();
    List<Token> code = code();
    // Bodies of triggers and functions hold semicolons between BEGIN and END.
    boolean hasBody = word(code.getFirst()).equals("create");
    int blocks = 0;
    for (Token token : code) {
      blocks += hasBody ? blockChange(word(token)) : 0;
      switch (symbol(token)) {
        case '(' -> open.push(token);
        case ')' -> {
          if (open.pollFirst() == null) {
            return Optional.of(unopened(token));
          }
        }
        case ';' -> {
          if (blocks <= 0) {
            return Optional.of(semicolon(token, token.equals(code.getLast())));
          }
        }
        default -> {}
      }
    }
    return Optional.ofNullable(open.peekLast())
        .map(
            token ->
                new Flaw(
                    token.start(), "`(` is not closed", "Close the parenthesis that opens here."));
  }

  /** The character of a symbol; a space for every other token. */
  private char symbol(Token token) {
    return token.kind() == Kind.SYMBOL ? sql.charAt(token.start()) : ' ';
  }

  private static Flaw unopened(Token token) {
    return new Flaw(
        token.start(),
        "`)` closes a parenthesis that was not opened",
        "Remove it, or open its partner before it.");
  }

  private static Flaw semicolon(Token token, boolean last) {
    return last
        ? new Flaw(
            token.start(),
            "`;` ends the statement, but it is put inside a larger one",
            "Remove the `;`.")
        : new Flaw(
            token.start(),
            "`;` separates statements, but only one can stand here",
            "Write one statement, without `;`.");
  }

  private static int blockChange(String word) {
    return switch (word) {
      case "begin", "case" -> 1;
      case "end" -> -1;
      default -> 0;
    };
  }

  private String word(Token token) {
    return text(token).toLowerCase(Locale.ROOT);
  }

  /** The text with each {@code ?} outside of quotes and comments doubled, as JDBC asks for. */
  public String withDoubledQuestionMarks() {
    StringBuilder doubled = new StringBuilder(sql);
    List<Token> fromTheEnd = new ArrayList<>(tokens).reversed();
    for (Token token : fromTheEnd) {
      if (token.kind() == Kind.SYMBOL && sql.charAt(token.start()) == '?') {
        doubled.insert(token.start(), '?');
      }
    }
    return doubled.toString();
  }
}

package dev.plumbline.document;

import java.io.StringReader;
import java.util.Optional;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserTokenManager;
import net.thisptr.jackson.jq.internal.javacc.SimpleCharStream;
import net.thisptr.jackson.jq.internal.javacc.Token;

/**
 * The words of a jq program that compiles, one after the other, as the library's own parser reads
 * them: its tree tells neither names nor places. For one thread.
 */
final class JqTokens {
  private final ExpressionParserTokenManager tokens;
  private Token coming;

  JqTokens(String program) {
    SimpleCharStream characters = new SimpleCharStream(new StringReader(program));
    characters.setTabSize(1); // columns count characters
    this.tokens = new ExpressionParserTokenManager(characters);
    this.coming = tokens.getNextToken();
  }

  Token coming() {
    return coming;
  }

  boolean isComing(int kind) {
    return coming.kind == kind;
  }

  boolean isAtEnd() {
    return isComing(ExpressionParserConstants.EOF);
  }

  /** The word that was coming; the end stays the end. */
  Token next() {
    Token token = coming;
    if (!isAtEnd()) {
      coming = tokens.getNextToken();
    }
    return token;
  }

  /** The word that was coming, if it is of that kind; else it stays. */
  Optional<Token> take(int kind) {
    return isComing(kind) ? Optional.of(next()) : Optional.empty();
  }
}

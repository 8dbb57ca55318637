package dev.plumbline.document;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserTokenManager;
import net.thisptr.jackson.jq.internal.javacc.SimpleCharStream;
import net.thisptr.jackson.jq.internal.javacc.Token;

/**
 * The words of a jq program that compiles, one after the other, as the library's own parser reads
 * them: its tree tells neither names nor places. For one thread.
 */
final class JqTokens {
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

  private final ExpressionParserTokenManager tokens;
  private Token coming;

  JqTokens(String program) {
    SimpleCharStream characters = new SimpleCharStream(new StringReader(program));
    characters.setTabSize(1); // columns count characters
    this.tokens = new ExpressionParserTokenManager(characters);
    this.coming = tokens.getNextToken();
  }

  /**
   * A program with further text before some of its words. What stands before the end begins on a
   * line of its own, since the last one may be a comment.
   */
  static String inserted(
      String program, List<Token> ones, String text, List<Token> others, String otherText) {
    NavigableMap<Integer, StringBuilder> further = new TreeMap<>();
    others.forEach(word -> at(further, program, word).append(otherText));
    ones.forEach(word -> at(further, program, word).append(text));
    StringBuilder whole = new StringBuilder(program);
    further.descendingMap().forEach(whole::insert);
    return whole.toString();
  }

  private static StringBuilder at(Map<Integer, StringBuilder> further, String program, Token word) {
    return further.computeIfAbsent(offset(program, word), place -> new StringBuilder());
  }

  private static int offset(String program, Token word) {
    if (word.kind == ExpressionParserConstants.EOF) {
      return program.length();
    }
    Matcher breaks = LINE_BREAK.matcher(program);
    int start = 0;
    for (int line = 1; line < word.beginLine && breaks.find(); line++) {
      start = breaks.end();
    }
    return start + word.beginColumn - 1;
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

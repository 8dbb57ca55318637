package dev.plumbline.document;

import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.ATSIGN;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.CLOSE_BRACE;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.CLOSE_BRACKET;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.CLOSE_PAR;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.COLON;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.COMMA;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.DOLLAR;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.DOUBLE_COLON;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.ENDQUOTE;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.EOF;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.IDENTIFIER;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_AS;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_BREAK;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_CATCH;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_DEF;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_ELIF;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_ELSE;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_END;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_IF;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_IMPORT;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_INCLUDE;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_LABEL;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_MODULE;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_THEN;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.KEYWORD_TRY;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.OPEN_BRACE;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.OPEN_BRACKET;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.OPEN_INTERP;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.OPEN_PAR;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.PIPE;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.QUOTE;
import static net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants.SEMICOLON;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.thisptr.jackson.jq.internal.javacc.Token;

/**
 * Looks up every function, variable and label that a jq program names, where it stands in the text.
 * The library does so only when a document comes by, and makes null of an unknown variable that
 * stands as a key of an object. For one thread.
 */
final class JqNames {
  private static final Set<Integer> ENDS =
      Set.of(
          EOF,
          CLOSE_PAR,
          CLOSE_BRACKET,
          CLOSE_BRACE,
          SEMICOLON,
          KEYWORD_THEN,
          KEYWORD_ELIF,
          KEYWORD_ELSE,
          KEYWORD_END,
          KEYWORD_CATCH);

  private final JqTokens tokens;
  private final List<JqFault> faults = new ArrayList<>();
  private final List<Token> begins = new ArrayList<>();
  private final List<Token> ends = new ArrayList<>();

  private JqNames(String program) {
    this.tokens = new JqTokens(program);
  }

  /**
   * What the program names and is not there.
   *
   * @param program one that compiles
   * @param variables those that it is given
   */
  static List<JqFault> faults(String program, Collection<String> variables) {
    JqNames names = new JqNames(program);
    names.whole(new Known(Set.of(), Set.copyOf(variables), Set.of()));
    return names.faults;
  }

  /**
   * The same program, with parentheses around what a definition is for, which is all to the end. To
   * the library it is for the first operand only: it computes the right one before it has read the
   * definition at the left.
   */
  static String spread(String program) {
    JqNames names = new JqNames(program);
    names.whole(new Known(Set.of(), Set.of(), Set.of()));
    return JqTokens.inserted(program, names.begins, "(", names.ends, "\n)");
  }

  private void whole(Known known) {
    while (!tokens.isAtEnd()) {
      expression(known, false);
      tokens.next();
    }
  }

  /**
   * What can be named at a place.
   *
   * @param functions those that the program defines, as {@code name/arguments}
   */
  private record Known(Set<String> functions, Set<String> variables, Set<String> labels) {
    Known function(String signature) {
      return new Known(and(functions, signature), variables, labels);
    }

    Known variable(String name) {
      return new Known(functions, and(variables, name), labels);
    }

    Known label(String name) {
      return new Known(functions, variables, and(labels, name));
    }

    private static Set<String> and(Set<String> names, String further) {
      Set<String> all = new HashSet<>(names);
      all.add(further);
      return all;
    }
  }

  /** As far as what is bound in it is known. */
  private void expression(Known outer, boolean valueOfKey) {
    Known known = outer;
    int definitions = 0;
    while (!ENDS.contains(tokens.coming().kind) && !(valueOfKey && tokens.isComing(COMMA))) {
      Token token = tokens.next();
      switch (token.kind) {
        case OPEN_PAR, OPEN_INTERP, OPEN_BRACKET -> group(known);
        case OPEN_BRACE -> object(known);
        case KEYWORD_IF -> conditional(known);
        case KEYWORD_DEF -> {
          known = definition(known);
          begins.add(tokens.coming());
          definitions++;
        }
        case KEYWORD_TRY -> attempt(known);
        case KEYWORD_AS -> known = bound(known);
        case KEYWORD_LABEL -> known = label(known);
        case KEYWORD_BREAK -> outOf(token, known);
        case DOLLAR -> variable(token, known);
        case ATSIGN -> format(token);
        case IDENTIFIER -> call(token, known);
        case KEYWORD_IMPORT, KEYWORD_INCLUDE, KEYWORD_MODULE -> module(token);
        default -> {} // names nothing
      }
    }
    ends.addAll(Collections.nCopies(definitions, tokens.coming()));
  }

  private void attempt(Known known) {
    expression(known, false);
    tokens.take(KEYWORD_CATCH);
  }

  /** What stands in brackets: one expression, or several with semicolons between; how many. */
  private int group(Known known) {
    int parts = 1;
    expression(known, false);
    while (tokens.take(SEMICOLON).isPresent()) {
      expression(known, false);
      parts++;
    }
    tokens.next();
    return parts;
  }

  private void object(Known known) {
    while (!tokens.isAtEnd() && tokens.take(CLOSE_BRACE).isEmpty()) {
      key(known);
      if (tokens.take(COLON).isPresent()) {
        expression(known, true);
      }
      tokens.take(COMMA);
    }
  }

  private void key(Known known) {
    Token token = tokens.next();
    switch (token.kind) {
      case DOLLAR -> variable(token, known);
      case OPEN_PAR -> group(known);
      case QUOTE -> text(known);
      case ATSIGN -> {
        format(token);
        if (tokens.take(QUOTE).isPresent()) {
          text(known);
        }
      }
      default -> {} // a bare word is its own name
    }
  }

  private void text(Known known) {
    while (!tokens.isAtEnd() && tokens.take(ENDQUOTE).isEmpty()) {
      if (tokens.next().kind == OPEN_INTERP) {
        group(known);
      }
    }
  }

  private void conditional(Known known) {
    do {
      expression(known, false);
    } while (!tokens.isAtEnd() && tokens.next().kind != KEYWORD_END);
  }

  /** {@code def name(function; $variable): …;} is known in itself and to the end around it. */
  private Known definition(Known known) {
    String name = tokens.next().image;
    List<String> functions = new ArrayList<>();
    List<String> variables = new ArrayList<>();
    if (tokens.take(OPEN_PAR).isPresent()) {
      do {
        boolean variable = tokens.take(DOLLAR).isPresent();
        (variable ? variables : functions).add(tokens.next().image);
      } while (tokens.take(SEMICOLON).isPresent());
      tokens.take(CLOSE_PAR);
    }
    tokens.take(COLON);
    Known after = known.function(name + "/" + (functions.size() + variables.size()));
    Known inside = after;
    for (String function : functions) {
      inside = inside.function(function + "/0");
    }
    for (String variable : variables) {
      inside = inside.variable(variable);
    }
    expression(inside, false);
    tokens.take(SEMICOLON);
    return after;
  }

  /** {@code as $name}, {@code as [$one, {key: $other}]}: to the end, or in the brackets behind. */
  private Known bound(Known known) {
    Known bound = known;
    int depth = 0;
    while (!tokens.isAtEnd() && !(depth == 0 && (isBody() || tokens.isComing(PIPE)))) {
      Token token = tokens.next();
      switch (token.kind) {
        case OPEN_BRACKET, OPEN_BRACE -> depth++;
        case CLOSE_BRACKET, CLOSE_BRACE -> depth--;
        case OPEN_PAR -> group(bound);
        case QUOTE -> text(bound);
        case DOLLAR -> bound = bound.variable(tokens.next().image);
        default -> {} // a key, or what stands between
      }
    }
    if (isBody()) {
      tokens.next();
      group(bound);
      return known;
    }
    return bound;
  }

  /** Of {@code reduce … as $name (…; …)}. */
  private boolean isBody() {
    return tokens.isComing(OPEN_PAR);
  }

  private Known label(Known known) {
    tokens.take(DOLLAR);
    return known.label(tokens.next().image);
  }

  private void outOf(Token word, Known known) {
    tokens.take(DOLLAR);
    String name = tokens.next().image;
    if (!known.labels().contains(name)) {
      faults.add(JqFault.unknownLabel(word, name));
    }
  }

  private void variable(Token dollar, Known known) {
    String name = tokens.next().image;
    if (isOfModule(dollar)) {
      tokens.next();
    } else if (!known.variables().contains(name)) {
      faults.add(JqFault.unknownVariable(dollar, name, known.variables()));
    }
  }

  private void format(Token sign) {
    String name = sign.image + tokens.next().image;
    if (!JqLibrary.has(name + "/0")) {
      faults.add(JqFault.unknownFormat(sign, name));
    }
  }

  private void call(Token name, Known known) {
    boolean ofModule = isOfModule(name);
    if (ofModule) {
      tokens.next();
    }
    int arguments = 0;
    if (tokens.take(OPEN_PAR).isPresent()) {
      boolean none = tokens.isComing(CLOSE_PAR);
      int parts = group(known);
      arguments = none ? 0 : parts;
    }
    String signature = name.image + "/" + arguments;
    if (!ofModule && !known.functions().contains(signature) && !JqLibrary.has(signature)) {
      faults.add(JqFault.unknownFunction(name, arguments, known.functions()));
    }
  }

  private boolean isOfModule(Token token) {
    boolean ofModule = tokens.take(DOUBLE_COLON).isPresent();
    if (ofModule) {
      module(token);
    }
    return ofModule;
  }

  private void module(Token token) {
    faults.add(JqFault.module(token));
  }
}

package dev.plumbline.tracker;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Python file assigns to names at its outermost level, as far as it is written out: texts,
 * and lists of them. Nothing is run.
 */
record PythonModule(String text, String docstring) {
  private static final Pattern TRIPLE = Pattern.compile("(?s)(\"\"\"|''')(.*?)\\1");
  private static final Pattern FIRST =
      Pattern.compile("(?s)\\A\\ufeff?(?:\\s|#[^\\n]*\\n)*[rRuU]?(\"\"\"|''')(.*?)\\1.*");
  private static final Pattern LITERAL =
      Pattern.compile("#[^\\n]*|\"((?:[^\"\\\\\\n]|\\\\.)*)\"|'((?:[^'\\\\\\n]|\\\\.)*)'");

  static PythonModule of(String source) {
    Matcher first = FIRST.matcher(source);
    String docstring = first.matches() ? first.group(2).strip() : "";
    String code =
        TRIPLE.matcher(source).replaceAll(match -> match.group().replaceAll("[^\\n]", " "));
    return new PythonModule(code, docstring);
  }

  /** Whether the module itself gives a value to a name. */
  boolean assigns(String name) {
    return value("", name).isPresent();
  }

  /** The texts in what the module assigns to a name; none for {@code None}. */
  List<String> texts(String name) {
    return value("", name).map(PythonModule::literals).orElse(List.of());
  }

  /** The code that a class of the module assigns to a name. */
  Optional<String> inClass(String name) {
    return value("[ \\t]+", name);
  }

  /** All texts in a piece of code, in order; comments are passed over. */
  static List<String> literals(String code) {
    return LITERAL
        .matcher(code)
        .results()
        .filter(match -> !match.group().startsWith("#"))
        .map(PythonModule::content)
        .toList();
  }

  private static String content(MatchResult literal) {
    String content = literal.group(1) == null ? literal.group(2) : literal.group(1);
    return content.replaceAll("\\\\(.)", "$1");
  }

  /** The code right of the sign, to the end of the line or of the brackets it opens. */
  private Optional<String> value(String indent, String name) {
    Matcher assignment =
        Pattern.compile("(?m)^" + indent + name + "\\s*(?::[^=\\n]+)?=(?!=)").matcher(text);
    return assignment.find() ? Optional.of(code(assignment.end())) : Optional.empty();
  }

  private String code(int from) {
    int open = 0;
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote || c == '\n') {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '#') {
        int end = text.indexOf('\n', i);
        i = end < 0 ? text.length() : end - 1;
      } else if (c == '(' || c == '[' || c == '{') {
        open++;
      } else if (c == ')' || c == ']' || c == '}') {
        open--;
      } else if (c == '\n' && open <= 0) {
        return text.substring(from, i);
      }
    }
    return text.substring(from);
  }
}

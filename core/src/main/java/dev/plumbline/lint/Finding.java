package dev.plumbline.lint;

import dev.plumbline.error.Position;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Something in a file that will go wrong.
 *
 * @param rule the name of the rule that found it
 * @param position where its first character stands
 * @param start the same place as an offset into the file's text
 * @param text what is meant, as written; of several lines the first counts
 * @param what what is wrong, in the user's names
 * @param harm what comes of it
 * @param instead the corrected SQL, or the file to write, where there is one
 */
public record Finding(
    String rule,
    Severity severity,
    Position position,
    int start,
    String text,
    String what,
    String harm,
    Optional<String> instead) {

  /** The page that explains the rule, within the documentation. */
  public String page() {
    return page(rule);
  }

  /** The page that explains a rule, within the documentation. */
  public static String page(String rule) {
    return "docs/lint/" + rule + ".md";
  }

  /** The same with the corrected SQL. */
  public Finding instead(String sql) {
    return new Finding(
        rule, severity, position, start, text, what, harm, Optional.of(sql.stripTrailing()));
  }

  /** The same with another harm than the rule's usual one. */
  public Finding harm(String other) {
    return new Finding(rule, severity, position, start, text, what, other, instead);
  }

  /** The same, mattering otherwise than the rule's findings usually do. */
  public Finding severity(Severity other) {
    return new Finding(rule, other, position, start, text, what, harm, instead);
  }

  /** The same with its words put otherwise. */
  Finding restored(UnaryOperator<String> words) {
    return new Finding(
        rule, severity, position, start, text, words.apply(what), harm, instead.map(words));
  }
}

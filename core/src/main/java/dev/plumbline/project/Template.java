package dev.plumbline.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with variables: a name in braces behind a dollar sign, with a default behind {@code :-} if
 * it has one; a doubled dollar sign stands for itself. As with a shell's {@code :-}, an empty
 * variable counts as missing: that is how build servers hand over a secret that nobody has set.
 */
final class Template {
  private static final Pattern PLACE =
      Pattern.compile(
          "\\$\\$\\{|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?}|(?<broken>\\$\\{\\w*)");

  private Template() {}

  /**
   * @param offset where in the text, from 0
   * @param text the offending text
   */
  record Fault(int offset, String what, String text, String suggestion) {}

  /** The text with its variables filled in, which is of use where there is no fault. */
  record Filled(String text, List<Fault> faults) {}

  static Filled fill(String text, Map<String, String> variables) {
    Matcher place = PLACE.matcher(text);
    StringBuilder filled = new StringBuilder();
    List<Fault> faults = new ArrayList<>(syntaxFaults(text));
    while (place.find()) {
      String name = place.group("name");
      place.appendReplacement(filled, "");
      if (name == null) {
        filled.append("${");
        continue;
      }
      String value = variables.getOrDefault(name, "");
      String fallback = place.group("default");
      if (value.isEmpty() && fallback == null) {
        faults.add(missing(place, name));
      }
      filled.append(value.isEmpty() && fallback != null ? fallback : value);
    }
    place.appendTail(filled);
    return new Filled(filled.toString(), List.copyOf(faults));
  }

  /** What is wrong whatever the variables hold. */
  static List<Fault> syntaxFaults(String text) {
    List<Fault> faults = new ArrayList<>();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      String fallback = place.group("default");
      if (place.group("broken") != null || (fallback != null && fallback.contains("${"))) {
        faults.add(
            new Fault(
                place.start(),
                "a variable is not written like this",
                place.group(),
                "Write ${NAME} or ${NAME:-default}; for a plain ${ write $${."));
      }
    }
    return faults;
  }

  private static Fault missing(Matcher place, String name) {
    return new Fault(
        place.start(),
        "the environment variable " + name + " is not set",
        place.group(),
        "Set it, or give a default: ${" + name + ":-default}.");
  }
}

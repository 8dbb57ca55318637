package dev.plumbline.document;

import dev.plumbline.error.Suggestion;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.internal.javacc.Token;

/**
 * What is wrong with a jq program's text.
 *
 * @param line of the text, from 1
 * @param column in that line, from 1
 * @param what the rest of a sentence about the program
 * @param next what to do
 */
public record JqFault(int line, int column, String what, String next) {
  private static final Map<String, String> MEANT =
      Map.of(
          "now", "Programs have no clock: a run that is resumed must compute the same.",
          "env", "Programs see no environment; `${NAME}` is filled in under `source` and `probes`.",
          "input", "Programs see one document and, by `inputs`, the files that are named there.",
          "inputs", "Programs see one document and, by `inputs`, the files that are named there.",
          "debug", "Take it out; `error(\"…\")` fails a document with a message.");

  static JqFault unknownFunction(Token name, int arguments, Collection<String> defined) {
    SortedSet<String> names = new TreeSet<>();
    SortedSet<Integer> taken = new TreeSet<>();
    Stream.concat(defined.stream(), JqLibrary.signatures().stream())
        .map(signature -> signature.split("/", 2))
        .filter(signature -> Character.isLetter(signature[0].charAt(0)))
        .forEach(
            signature -> {
              names.add(signature[0]);
              if (signature[0].equals(name.image)) {
                taken.add(Integer.valueOf(signature[1]));
              }
            });
    return taken.isEmpty()
        ? at(
            name,
            "calls `" + name.image + "`, and there is no such function",
            Optional.ofNullable(MEANT.get(name.image))
                .or(() -> near("", name.image, names))
                .orElse("Define it before: `def " + name.image + ": …;`."))
        : at(
            name,
            "calls `" + name.image + "` with " + arguments(arguments),
            "It takes "
                + taken.stream().map(JqFault::arguments).collect(Collectors.joining(" or "))
                + ".");
  }

  private static String arguments(int number) {
    return switch (number) {
      case 0 -> "no argument";
      case 1 -> "1 argument";
      default -> number + " arguments";
    };
  }

  private static Optional<String> near(String sign, String written, Collection<String> known) {
    return Suggestion.closest(written, known).map(near -> "Did you mean `" + sign + near + "`?");
  }

  static JqFault unknownVariable(Token dollar, String name, Collection<String> known) {
    return at(
        dollar,
        "names `$" + name + "`, and there is no such variable",
        Optional.of("Only the programs under `also` are given it.")
            .filter(hint -> Transform.GIVEN_TO_ALSO.contains(name))
            .or(() -> Optional.ofNullable(MEANT.get(name.toLowerCase(Locale.ROOT))))
            .or(() -> near("$", name, known))
            .orElse("Bind it before: `… as $" + name + " |`. A file gets its name by `inputs`."));
  }

  static JqFault unknownLabel(Token word, String name) {
    return at(
        word,
        "breaks out of `$" + name + "`, and there is no such label",
        "Write `label $" + name + " |` before.");
  }

  static JqFault unknownFormat(Token sign, String name) {
    SortedSet<String> known = new TreeSet<>();
    JqLibrary.signatures().stream()
        .filter(signature -> signature.startsWith("@"))
        .forEach(signature -> known.add(signature.substring(0, signature.indexOf('/'))));
    return at(
        sign,
        "names `" + name + "`, and there is no such format",
        Suggestion.sentence(name, known));
  }

  static JqFault module(Token token) {
    return at(token, "names a module, and there are none", "Write what you need into the program.");
  }

  private static JqFault at(Token token, String what, String next) {
    return new JqFault(token.beginLine, token.beginColumn, what, next);
  }
}

package dev.plumbline.proposal;

import java.util.Locale;
import java.util.Map;

/** Names of tables and columns as English words: what is the same thing in singular and plural. */
final class Words {
  private static final Map<String, String> IRREGULAR =
      Map.of(
          "people", "person",
          "children", "child",
          "men", "man",
          "women", "woman",
          "data", "datum",
          "indices", "index",
          "statuses", "status",
          "addresses", "address");

  private Words() {}

  /**
   * In small letters, words with underscores between them: {@code courseId} is {@code course_id}.
   */
  static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "_");
  }

  /** The name with its last word in the singular. */
  static String singular(String name) {
    String snake = snake(name);
    int last = snake.lastIndexOf('_') + 1;
    return snake.substring(0, last) + singularWord(snake.substring(last));
  }

  private static String singularWord(String word) {
    String irregular = IRREGULAR.get(word);
    if (irregular != null) {
      return irregular;
    }
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.matches(".*(ss|x|ch|sh|z)es")) {
      return word.substring(0, word.length() - 2);
    }
    boolean plural = word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us");
    return plural && word.length() > 2 ? word.substring(0, word.length() - 1) : word;
  }

  static boolean same(String one, String other) {
    return singular(one).equals(singular(other));
  }

  /** For the name of an invariant: small letters, digits and dashes. */
  static String dashed(String name) {
    return snake(name).replace('_', '-').replaceAll("[^a-z0-9-]", "x");
  }
}

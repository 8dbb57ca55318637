package dev.plumbline.cli;

import dev.plumbline.dialect.Key;
import java.util.List;
import java.util.regex.Pattern;

/** A value of {@code --key}. */
final class KeyFlag {
  private static final Pattern OF_ONE_TEXT =
      Pattern.compile("\\[\\s*\"(?:[^\"\\\\]|\\\\.)*+\"\\s*]");

  private KeyFlag() {}

  /** The values of the key's columns, separated by commas; or a JSON array of texts. */
  static Key parse(String text) {
    requireSome(text);
    if (!text.startsWith("[")) {
      return new Key(List.of(text.split(",", -1)));
    }
    try {
      return Key.fromJson(text);
    } catch (RuntimeException e) {
      throw UsageErrors.usage(
          "--key is no JSON array of texts: " + text, "Write such as --key '[\"a,b\", \"17\"]'");
    }
  }

  /** The id of a document, commas and all; or a JSON array of this one text. */
  static Key id(String text) {
    requireSome(text);
    return OF_ONE_TEXT.matcher(text).matches() ? parse(text) : new Key(List.of(text));
  }

  private static void requireSome(String text) {
    if (text.isEmpty()) {
      throw UsageErrors.usage("--key is empty.", "Write such as --key 42, or --key CCC,2014B,17");
    }
  }
}

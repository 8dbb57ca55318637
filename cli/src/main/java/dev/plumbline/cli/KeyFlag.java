package dev.plumbline.cli;

import dev.plumbline.dialect.Key;
import java.util.List;

/** A value of {@code --key}. */
final class KeyFlag {
  private KeyFlag() {}

  /** The values of the key's columns, separated by commas; or a JSON array of texts. */
  static Key parse(String text) {
    if (text.isEmpty()) {
      throw UsageErrors.usage("--key is empty.", "Write such as --key 42, or --key CCC,2014B,17");
    }
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
}

package dev.plumbline.document;

import java.util.List;

/**
 * Keys that look alike: a star stands for any characters, also none.
 *
 * @param parts the text between the stars
 */
record Glob(List<String> parts) {
  static final Glob ANY = of("*");

  Glob {
    parts = List.copyOf(parts);
  }

  static Glob of(String text) {
    return new Glob(List.of(text.split("\\*", -1)));
  }

  boolean matches(String key) {
    String first = parts.getFirst();
    String last = parts.getLast();
    if (parts.size() == 1) {
      return key.equals(first);
    }
    if (key.length() < first.length() + last.length()
        || !key.startsWith(first)
        || !key.endsWith(last)) {
      return false;
    }
    int at = first.length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int there = key.indexOf(part, at);
      if (there < 0) {
        return false;
      }
      at = there + part.length();
    }
    return at <= key.length() - last.length();
  }
}

package dev.plumbline.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A search path as one text: {@code app, "Other"}. */
final class PathText {
  private PathText() {}

  static List<String> schemas(String path) {
    return Arrays.stream(path.split(",", -1))
        .map(String::strip)
        .filter(schema -> !schema.isEmpty())
        .map(PathText::unquoted)
        .toList();
  }

  private static String unquoted(String schema) {
    return schema.length() > 1 && schema.startsWith("\"")
        ? schema.substring(1, schema.length() - 1).replace("\"\"", "\"")
        : schema.toLowerCase(Locale.ROOT);
  }
}

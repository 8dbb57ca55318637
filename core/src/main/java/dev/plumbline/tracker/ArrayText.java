package dev.plumbline.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** PostgreSQL's arrays of texts, as text. */
final class ArrayText {
  private ArrayText() {}

  /** The elements of an array of one dimension; NULLs are left out. */
  static List<String> read(String text) {
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        element.append(text.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
        wasQuoted = true;
      } else if (!quoted && (c == ',' || c == '}')) {
        if (wasQuoted || (!element.isEmpty() && !element.toString().equals("NULL"))) {
          elements.add(element.toString());
        }
        element.setLength(0);
        wasQuoted = false;
      } else {
        element.append(c);
      }
    }
    return elements;
  }

  static String write(List<String> elements) {
    return elements.stream()
        .map(e -> '"' + e.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }
}

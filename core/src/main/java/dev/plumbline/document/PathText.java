package dev.plumbline.document;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Paths for people: {@code algebra.modules.intro}; a key that would mislead is put in quotes. */
final class PathText {
  private static final Pattern MISLEADING = Pattern.compile("[.\"{}*\\s\\p{Cntrl}]");

  private PathText() {}

  static String of(List<String> keys) {
    return keys.stream().map(PathText::shown).collect(Collectors.joining("."));
  }

  private static String shown(String key) {
    boolean plain = !key.isEmpty() && !MISLEADING.matcher(key).find();
    return plain ? key : Json.write(new TextNode(key));
  }

  static List<String> with(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path.size() + 1);
    longer.addAll(path);
    longer.add(key);
    return longer;
  }
}

package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where two documents differ as values: keys' order and the spelling of numbers do not count. */
public final class Differences {
  private Differences() {}

  /**
   * The paths at which two texts differ, sorted; the empty path where the documents differ as a
   * whole, or where one of them is no JSON and the texts differ.
   */
  public static List<String> paths(String one, String other) {
    if (one.equals(other)) {
      return List.of();
    }
    try {
      return paths(Json.read(one), Json.read(other));
    } catch (UnreadableJson e) {
      return List.of("");
    }
  }

  /** Whether two texts say the same; texts that are no JSON do where they are equal. */
  public static boolean same(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    try {
      return Values.same(Json.read(one), Json.read(other));
    } catch (UnreadableJson e) {
      return false;
    }
  }

  static List<String> paths(JsonNode one, JsonNode other) {
    SortedSet<String> paths = new TreeSet<>();
    collect(one, other, List.of(), paths);
    return List.copyOf(paths);
  }

  private static void collect(
      JsonNode one, JsonNode other, List<String> path, SortedSet<String> paths) {
    if (one.isObject() && other.isObject()) {
      keys(one, other)
          .forEach(key -> collect(one.path(key), other.path(key), PathText.with(path, key), paths));
    } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        collect(one.get(i), other.get(i), PathText.with(path, Integer.toString(i)), paths);
      }
    } else if (!sameOrBothMissing(one, other)) {
      paths.add(PathText.of(path));
    }
  }

  private static boolean sameOrBothMissing(JsonNode one, JsonNode other) {
    return one instanceof MissingNode ? other instanceof MissingNode : Values.same(one, other);
  }

  private static List<String> keys(JsonNode one, JsonNode other) {
    return new ArrayList<>(
        new TreeSet<>(
            Stream.concat(
                    one.propertyStream().map(java.util.Map.Entry::getKey),
                    other.propertyStream().map(java.util.Map.Entry::getKey))
                .toList()));
  }
}

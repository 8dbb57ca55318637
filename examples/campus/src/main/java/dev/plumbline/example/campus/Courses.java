package dev.plumbline.example.campus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is taught.
 *
 * @param ofPathway the courses of each pathway that has some
 * @param modules the modules of each course
 */
record Courses(Map<String, List<String>> ofPathway, Map<String, List<String>> modules) {
  private static final JsonMapper JSON = new JsonMapper();

  static Courses read(Path folder) throws IOException {
    return new Courses(
        lists(folder.resolve("pathways"), "courses"), lists(folder.resolve("courses"), "modules"));
  }

  private static Map<String, List<String>> lists(Path folder, String key) throws IOException {
    Map<String, List<String>> lists = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        JsonNode definition = JSON.readTree(Files.readString(file));
        if (definition.has(key)) {
          List<String> slugs = new ArrayList<>();
          definition.path(key).forEach(slug -> slugs.add(slug.asText()));
          lists.put(file.getFileName().toString().replace(".json", ""), List.copyOf(slugs));
        }
      }
    }
    return Map.copyOf(lists);
  }

  /** Whether this pathway is made of courses. */
  boolean hasCourses(String pathway) {
    return ofPathway.containsKey(pathway);
  }

  /** The courses of a pathway that list a module. */
  List<String> listing(String pathway, String module) {
    return ofPathway.getOrDefault(pathway, List.of()).stream()
        .filter(course -> modulesOf(course).contains(module))
        .toList();
  }

  List<String> modulesOf(String course) {
    return modules.getOrDefault(course, List.of());
  }
}

package dev.plumbline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is taught: pathways made of courses, pathways made of modules, courses made of modules.
 *
 * @param hierarchical the courses of each pathway that has some
 * @param flat the modules of each pathway without courses
 * @param courses the modules of each course
 */
public record Content(
    SortedMap<String, List<String>> hierarchical,
    SortedMap<String, List<String>> flat,
    SortedMap<String, List<String>> courses) {

  /**
   * Reads a folder with {@code pathways/*.json} and {@code courses/*.json}.
   *
   * @throws IllegalArgumentException if it lacks a kind of pathway, or a pathway's course
   */
  public static Content read(Path folder) {
    SortedMap<String, ObjectNode> pathways = definitions(folder.resolve("pathways"));
    Content content =
        new Content(
            lists(pathways, "courses", definition -> definition.has("courses")),
            lists(pathways, "modules", definition -> !definition.has("courses")),
            lists(definitions(folder.resolve("courses")), "modules", definition -> true));
    content.check();
    return content;
  }

  private void check() {
    if (hierarchical.isEmpty() || flat.isEmpty()) {
      throw new IllegalArgumentException("A pathway with courses and one without are needed.");
    }
    for (List<String> names : hierarchical.values()) {
      names.forEach(this::modulesOfCourse);
    }
  }

  private static SortedMap<String, ObjectNode> definitions(Path folder) {
    SortedMap<String, ObjectNode> definitions = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        String name = file.getFileName().toString();
        definitions.put(
            name.substring(0, name.length() - ".json".length()), Json.read(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return definitions;
  }

  private static SortedMap<String, List<String>> lists(
      Map<String, ObjectNode> definitions, String key, Predicate<JsonNode> which) {
    SortedMap<String, List<String>> lists = new TreeMap<>();
    definitions.forEach(
        (name, definition) -> {
          if (which.test(definition)) {
            List<String> texts = new ArrayList<>();
            definition.path(key).forEach(text -> texts.add(text.asText()));
            lists.put(name, List.copyOf(texts));
          }
        });
    return lists;
  }

  /** The modules of a course, in its order. */
  List<String> modulesOfCourse(String course) {
    List<String> modules = courses.get(course);
    if (modules == null) {
      throw new IllegalArgumentException("No definition of the course " + course + ".");
    }
    return modules;
  }

  /** The modules of a pathway's courses, each once. */
  List<String> modulesOfPathway(String pathway) {
    return hierarchical.getOrDefault(pathway, List.of()).stream()
        .flatMap(course -> modulesOfCourse(course).stream())
        .distinct()
        .toList();
  }
}

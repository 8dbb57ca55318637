package dev.plumbline.example.campus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The progress of one learner, in either shape: by pathway and module, or by pathway, course and
 * module. Nobody outside of this class needs to know which it is.
 *
 * @param document as the CRM keeps it
 */
record Progress(ObjectNode document) {
  private static final String COURSES = "courses";
  private static final String MODULES = "modules";

  /** The pathways by their slugs. */
  SortedMap<String, ObjectNode> pathways() {
    SortedMap<String, ObjectNode> pathways = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : document.properties()) {
      if (!each.getKey().equals(COURSES) && each.getValue() instanceof ObjectNode pathway) {
        pathways.put(each.getKey(), pathway);
      }
    }
    return pathways;
  }

  /** Courses that the learner takes outside of any pathway. */
  JsonNode standalone() {
    return document.path(COURSES);
  }

  /** The modules of a pathway that there is progress in, each once. */
  static SortedMap<String, JsonNode> modules(JsonNode pathway) {
    SortedMap<String, JsonNode> modules = new TreeMap<>();
    pathway.path(MODULES).properties().forEach(each -> modules.put(each.getKey(), each.getValue()));
    for (JsonNode course : pathway.path(COURSES)) {
      course
          .path(MODULES)
          .properties()
          .forEach(each -> modules.put(each.getKey(), each.getValue()));
    }
    return modules;
  }

  static long completed(JsonNode pathway) {
    return modules(pathway).values().stream().filter(Progress::isCompleted).count();
  }

  private static boolean isCompleted(JsonNode part) {
    return part.path("completed").asBoolean();
  }

  /** Enrols in a pathway, and so in its courses. */
  void enrol(String slug, String at, Courses courses) {
    ObjectNode pathway = pathway(slug, courses);
    enrol(pathway, at);
    pathway.path(COURSES).forEach(course -> enrol((ObjectNode) course, at));
  }

  private static void enrol(ObjectNode part, String at) {
    if (!part.path("enrolled").asBoolean()) {
      part.put("enrolled", true).put("enrolled_at", at).put("enrollment_source", "self");
    }
  }

  /** Enters that a module of a pathway was started or completed, in each course that lists it. */
  void enter(String slug, String module, boolean completes, String at, Courses courses) {
    ObjectNode pathway = pathway(slug, courses);
    List<String> listing = courses.listing(slug, module);
    if (!pathway.has(COURSES)) {
      enter(pathway, module, completes, at);
      return;
    }
    if (listing.isEmpty()) {
      throw new Refused(422, "No course of " + slug + " has the module " + module + ".");
    }
    for (String name : listing) {
      ObjectNode course = pathway.withObjectProperty(COURSES).withObjectProperty(name);
      enter(course, module, completes, at);
      sumUp(course, course.path(MODULES), courses.modulesOf(name).size(), at);
    }
    sumUp(
        pathway,
        pathway.path(COURSES),
        courses.ofPathway().getOrDefault(slug, List.of()).size(),
        at);
  }

  private static void enter(ObjectNode holder, String module, boolean completes, String at) {
    ObjectNode entry = holder.withObjectProperty(MODULES).withObjectProperty(module);
    if (!entry.path("started").asBoolean()) {
      entry.put("started", true).put("started_at", at);
    }
    if (completes && !isCompleted(entry)) {
      entry.put("completed", true).put("completed_at", at);
    } else if (!entry.has("completed")) {
      entry.put("completed", false);
    }
  }

  /** A whole is started with its first part and completed with its last. */
  private static void sumUp(ObjectNode whole, JsonNode parts, int needed, String at) {
    if (!whole.path("started").asBoolean()) {
      whole.put("started", true).put("started_at", at);
    }
    List<JsonNode> completed = new ArrayList<>();
    parts.forEach(
        part -> {
          if (isCompleted(part)) {
            completed.add(part);
          }
        });
    if (completed.size() == needed && !isCompleted(whole)) {
      whole.put("completed", true).put("completed_at", at);
    } else if (!whole.has("completed")) {
      whole.put("completed", false);
    }
  }

  /** The pathway, made in the new shape where it is not there yet and has courses. */
  private ObjectNode pathway(String slug, Courses courses) {
    if (document.get(slug) instanceof ObjectNode pathway) {
      return pathway;
    }
    ObjectNode made = document.putObject(slug).put("enrolled", false);
    if (courses.hasCourses(slug)) {
      ObjectNode inside = made.putObject(COURSES);
      courses
          .ofPathway()
          .getOrDefault(slug, List.of())
          .forEach(course -> inside.putObject(course).putObject(MODULES));
    } else {
      made.putObject(MODULES);
    }
    return made;
  }
}

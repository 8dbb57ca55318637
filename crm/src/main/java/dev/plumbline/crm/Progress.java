package dev.plumbline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.stream.StreamSupport;

/** Writes the progress of one learner, as an application would have over the years. */
final class Progress {
  private static final Instant OPENED = Instant.parse("2025-09-01T06:00:00Z");
  private static final List<String> SOURCES = List.of("self", "assigned", "import", "voucher");
  private static final List<String> NOTES =
      List.of("läuft gut", "très bien 👍", "再来一次", "\"quoted\" \\ and / slashed");

  private final Content content;
  private final SplittableRandom random;

  Progress(Content content, SplittableRandom random) {
    this.content = content;
    this.random = random;
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Progress in some of these modules, in the shape that knows no courses. */
  ObjectNode pathway(List<String> modules) {
    ObjectNode pathway = enrolment();
    if (chance(0.08)) {
      pathway.put("streak", random.nextInt(1, 60));
    }
    pathway.set("modules", modules(modules));
    return pathway;
  }

  private ObjectNode enrolment() {
    ObjectNode node = Json.object().put("enrolled", chance(0.9));
    if (node.path("enrolled").asBoolean()) {
      node.put("enrolled_at", time(OPENED, 90));
      if (chance(0.7)) {
        node.put("enrollment_source", any(SOURCES));
      }
    }
    return node;
  }

  private ObjectNode modules(List<String> names) {
    ObjectNode node = Json.object();
    double zeal = random.nextDouble(0.3, 1);
    for (String name : names) {
      if (chance(zeal) || (node.isEmpty() && name.equals(names.getLast()))) {
        node.set(name, module());
      }
    }
    return node;
  }

  /** Progress in one module. */
  ObjectNode module() {
    ObjectNode node = Json.object().put("started", chance(0.96));
    if (!node.path("started").asBoolean()) {
      return node.put("completed", false);
    }
    String started = time(OPENED.plusSeconds(90 * 86_400L), 120);
    node.put("started_at", started).put("completed", chance(0.7));
    if (node.path("completed").asBoolean()) {
      node.put("completed_at", time(Instant.parse(started), 20));
    }
    if (chance(0.15)) {
      node.put("score", random.nextInt(0, 200) / 2.0);
    }
    if (chance(0.01)) {
      node.put("note", any(NOTES));
    }
    return node;
  }

  private String time(Instant from, int days) {
    return from.plusSeconds(60 + random.nextLong(days * 86_400L)).toString();
  }

  /** Courses that belong to no pathway, as they stand beside the pathways in both shapes. */
  ObjectNode standaloneCourses() {
    ObjectNode node = Json.object();
    List<String> names = new ArrayList<>(content.courses().keySet());
    for (int i = 0; i <= random.nextInt(2); i++) {
      String name = any(names);
      node.set(name, pathway(content.modulesOfCourse(name)));
    }
    return node;
  }

  /** The same progress in the shape with courses. */
  ObjectNode withCourses(String name, ObjectNode pathway) {
    ObjectNode after = pathway.deepCopy();
    JsonNode modules = after.remove("modules");
    ObjectNode courses = Json.object();
    for (String course : content.hierarchical().getOrDefault(name, List.of())) {
      courses.set(course, course(course, pathway, modules));
    }
    flags(after, courses, courses.size());
    after.set("courses", courses);
    return after;
  }

  private ObjectNode course(String name, ObjectNode pathway, JsonNode modules) {
    ObjectNode course = Json.object();
    if (pathway.path("enrolled").asBoolean()) {
      course.put("enrolled", true).set("enrolled_at", pathway.path("enrolled_at"));
      course.put(
          "enrollment_source", pathway.path("enrollment_source").asText("pathway_migration"));
    }
    ObjectNode carried = Json.object();
    List<String> all = content.modulesOfCourse(name);
    all.stream().filter(modules::has).forEach(each -> carried.set(each, modules.get(each)));
    flags(course, carried, all.size());
    course.set("modules", carried);
    return course;
  }

  /** Started with the first of the parts, completed with the last of all of them. */
  private static void flags(ObjectNode whole, ObjectNode parts, int needed) {
    List<JsonNode> started = with(parts, "started");
    List<JsonNode> completed = with(parts, "completed");
    whole.put("started", !started.isEmpty());
    if (!started.isEmpty()) {
      whole.put("started_at", time(started, "started_at", BinaryOperator.minBy(String::compareTo)));
    }
    boolean all = needed > 0 && completed.size() == needed;
    whole.put("completed", all);
    if (all) {
      whole.put(
          "completed_at", time(completed, "completed_at", BinaryOperator.maxBy(String::compareTo)));
    }
  }

  private static List<JsonNode> with(ObjectNode parts, String flag) {
    return parts.properties().stream()
        .map(Map.Entry::getValue)
        .filter(part -> part.path(flag).asBoolean())
        .toList();
  }

  private static String time(List<JsonNode> parts, String key, BinaryOperator<String> which) {
    return StreamSupport.stream(parts.spliterator(), false)
        .map(part -> part.path(key).asText())
        .reduce(which)
        .orElseThrow();
  }

  /** Counts per pathway, as the application shows them. */
  static String summary(ObjectNode progress) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : progress.properties()) {
      if (each.getKey().equals("courses")) {
        continue;
      }
      int done = 0;
      int modules = 0;
      for (JsonNode entry : each.getValue().findValues("modules")) {
        modules += entry.size();
        done += with((ObjectNode) entry, "completed").size();
      }
      parts.add(each.getKey() + " " + done + "/" + modules);
    }
    return String.join(", ", parts);
  }
}

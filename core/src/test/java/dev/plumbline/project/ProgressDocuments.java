package dev.plumbline.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.document.Json;
import dev.plumbline.document.Transform;
import dev.plumbline.document.UnreadableJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Random documents of the example's old shape. Every timestamp in one is its own, so that nothing
 * can be mistaken for something else.
 */
final class ProgressDocuments {
  private static final List<String> EXACT =
      List.of(
          "12345678901234567890",
          "1.50",
          "1e-7",
          "\"\\ud800\"",
          "[[],{},null,\"\\u0000\"]",
          "{\"a.b\":{\"*\":[0.1]}}",
          "\"\uD83D\uDE00 \\\"\\\\\"",
          "-0.0",
          "false");

  private final Random random;
  private final JsonNode pathways;
  private final JsonNode courses;
  private int seconds;

  ProgressDocuments(long seed, Transform transform) {
    this.random = new Random(seed);
    this.pathways = transform.inputs().values().get("pathways");
    this.courses = transform.inputs().values().get("courses");
  }

  /** A document, and a pathway and a module in it that the transform moves into courses. */
  record Progress(ObjectNode document, String pathway, String module) {
    String text() {
      return Json.write(document);
    }

    JsonNode entry() {
      return document.path(pathway).path("modules").path(module);
    }
  }

  Progress next() {
    ObjectNode document = object();
    List<String> slugs = new ArrayList<>();
    pathways.fieldNames().forEachRemaining(slugs::add);
    Collections.shuffle(slugs, random);
    String chosen = slugs.stream().filter(this::isHierarchical).findFirst().orElseThrow();
    for (String slug : slugs) {
      if (slug.equals(chosen) || random.nextInt(3) == 0) {
        document.set(slug, pathway(modulesOf(slug), slug.equals(chosen)));
      }
    }
    document.set("flat-and-unknown", pathway(Set.of("a", "b.c", "*"), true));
    document.set("courses", object().set("alone", pathway(Set.of("m"), true)));
    document.set("format", exact());
    List<String> modules = new ArrayList<>();
    document.path(chosen).path("modules").fieldNames().forEachRemaining(modules::add);
    return new Progress(document, chosen, modules.get(random.nextInt(modules.size())));
  }

  private boolean isHierarchical(String slug) {
    return pathways.path(slug).has("courses");
  }

  /** What a definition lists, directly or by its courses. */
  Set<String> modulesOf(String slug) {
    Set<String> modules = new TreeSet<>();
    pathways.path(slug).path("modules").forEach(module -> modules.add(module.asText()));
    pathways
        .path(slug)
        .path("courses")
        .forEach(
            course ->
                courses
                    .path(course.asText())
                    .path("modules")
                    .forEach(module -> modules.add(module.asText())));
    return modules;
  }

  private ObjectNode pathway(Set<String> modules, boolean whole) {
    ObjectNode pathway = object();
    if (whole || random.nextBoolean()) {
      pathway.put("enrolled", true).put("enrolled_at", time());
    }
    if (random.nextBoolean()) {
      pathway.put("enrollment_source", "web");
    }
    pathway.set("extra", exact());
    ObjectNode progress = pathway.putObject("modules");
    List<String> shuffled = new ArrayList<>(modules);
    Collections.shuffle(shuffled, random);
    int many = whole ? Math.max(2, random.nextInt(shuffled.size() + 1)) : random.nextInt(3);
    shuffled.stream().limit(many).forEach(module -> progress.set(module, module()));
    return pathway;
  }

  /** A module's progress, with something that the transform knows nothing of. */
  ObjectNode module() {
    boolean completed = random.nextBoolean();
    ObjectNode module = object().put("started", true).put("started_at", time());
    module.put("completed", completed).put("completed_at", completed ? time() : null);
    module.set("score", exact());
    return module;
  }

  private JsonNode exact() {
    try {
      return Json.read(EXACT.get(random.nextInt(EXACT.size())));
    } catch (UnreadableJson e) {
      throw new AssertionError(e);
    }
  }

  private String time() {
    seconds += 1 + random.nextInt(100_000);
    return Instant.ofEpochSecond(1_700_000_000L + seconds).toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}

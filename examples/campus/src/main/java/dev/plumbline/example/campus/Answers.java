package dev.plumbline.example.campus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the application answers, from the progress in the CRM in whichever shape. */
final class Answers {
  private final JsonMapper json = new JsonMapper();
  private final Contacts contacts;
  private final Courses courses;
  private final Object[] turns = new Object[64];

  Answers(Contacts contacts, Courses courses) {
    this.contacts = contacts;
    this.courses = courses;
    java.util.Arrays.setAll(turns, i -> new Object());
  }

  /** One contact's progress. */
  ObjectNode read(String idOrEmail) {
    Contacts.Contact contact = contacts.read(idOrEmail);
    ObjectNode answer = json.createObjectNode().put("contact", contact.id());
    ObjectNode pathways = answer.putObject("pathways");
    contact
        .progress()
        .pathways()
        .forEach((slug, pathway) -> pathways.set(slug, shown(slug, pathway)));
    answer.set("standalone", contact.progress().standalone());
    return answer;
  }

  private ObjectNode shown(String slug, ObjectNode pathway) {
    ObjectNode shown =
        json.createObjectNode()
            .put("enrolled", pathway.path("enrolled").asBoolean())
            .put("completed", Progress.completed(pathway));
    ObjectNode modules = shown.putObject("modules");
    Progress.modules(pathway).forEach(modules::set);
    ArrayNode inside = shown.putArray("courses");
    courses.ofPathway().getOrDefault(slug, java.util.List.of()).forEach(inside::add);
    return shown;
  }

  /** Learners, enrolments and completed modules of each pathway. */
  ObjectNode aggregate() {
    SortedMap<String, long[]> counts = new TreeMap<>();
    contacts.each(
        (contact, progress) ->
            progress
                .pathways()
                .forEach(
                    (slug, each) -> count(each, counts.computeIfAbsent(slug, s -> new long[3]))));
    ObjectNode answer = json.createObjectNode();
    ObjectNode pathways = answer.putObject("pathways");
    counts.forEach(
        (slug, numbers) ->
            pathways
                .putObject(slug)
                .put("learners", numbers[0])
                .put("enrolled", numbers[1])
                .put("modules_completed", numbers[2]));
    return answer;
  }

  private static void count(JsonNode pathway, long[] numbers) {
    numbers[0]++;
    numbers[1] += pathway.path("enrolled").asBoolean() ? 1 : 0;
    numbers[2] += Progress.completed(pathway);
  }

  /** Who is enrolled in a pathway, since when and by whom. */
  ObjectNode enrollments(String slug) {
    ObjectNode answer = json.createObjectNode().put("pathway", slug);
    ArrayNode list = answer.putArray("enrollments");
    contacts.each(
        (contact, progress) -> {
          ObjectNode pathway = progress.pathways().get(slug);
          if (pathway != null && pathway.path("enrolled").asBoolean()) {
            list.addObject()
                .put("contact", contact.id())
                .put("email", contact.email())
                .put("at", pathway.path("enrolled_at").asText(""))
                .put("source", pathway.path("enrollment_source").asText(""));
          }
        });
    return answer;
  }

  /**
   * Enters what a learner did, and answers with the progress. Events of one contact take turns
   * within this process; between its read and its write another program can still come.
   */
  ObjectNode track(JsonNode event) {
    String contact = text(event, "contact");
    synchronized (turns[Math.floorMod(contact.hashCode(), turns.length)]) {
      Contacts.Contact read = contacts.read(contact);
      enter(read.progress(), event);
      contacts.write(read);
    }
    return read(contact);
  }

  private void enter(Progress progress, JsonNode event) {
    String pathway = text(event, "pathway");
    String at = text(event, "at");
    switch (text(event, "event")) {
      case "pathway.enrolled" -> progress.enrol(pathway, at, courses);
      case "module.started" -> progress.enter(pathway, text(event, "module"), false, at, courses);
      case "module.completed" -> progress.enter(pathway, text(event, "module"), true, at, courses);
      default -> throw new Refused(400, "There is no such event.");
    }
  }

  private static String text(JsonNode event, String key) {
    String text = event.path(key).asText("");
    if (text.isEmpty()) {
      throw new Refused(400, "The event has no `" + key + "`.");
    }
    return text;
  }
}

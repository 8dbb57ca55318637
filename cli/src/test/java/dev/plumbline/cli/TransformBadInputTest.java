package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.crm.Contacts;
import dev.plumbline.crm.Contacts.Kind;
import dev.plumbline.crm.CrmRecord;
import dev.plumbline.crm.CrmSettings;
import dev.plumbline.crm.RateLimits;
import dev.plumbline.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents that are not as they should be, and a token that ends: told by id, the rest goes on.
 */
class TransformBadInputTest {
  private static final int CONTACTS = 300;

  @TempDir Path directory;

  @Test
  void a_bad_document_stops_itself_and_not_the_run() throws IOException {
    try (ContactsProject project = project(CrmSettings.standard())) {
      String module = moduleOf(project, "data-analyst");
      Map<String, String> bad = new LinkedHashMap<>();
      bad.put("not JSON", "{\"data-analyst\":");
      bad.put("no object", "[1,2");
      bad.put("a key twice", "{\"data-analyst\":{\"modules\":{}},\"data-analyst\":{}}");
      bad.put("deeper than can be read", "{\"a\":" + "[".repeat(600) + "]".repeat(600) + "}");
      bad.put("too long", pathway(module, ",\"note\":\"" + "x".repeat(65_537 - 60) + "\""));
      Map<String, String> odd = new LinkedHashMap<>();
      odd.put("300 levels", pathway(module, ",\"deep\":" + "[".repeat(300) + "]".repeat(300)));
      odd.put("a huge number", pathway(module, ",\"n\":123456789012345678901234567890.10"));
      odd.put("half a surrogate pair", pathway(module, ",\"s\":\"a\\ud83d b\""));
      Map<String, Long> ids = new HashMap<>();
      long id = 900_000_000_000L;
      for (Map<String, String> texts : List.of(bad, odd)) {
        for (var text : texts.entrySet()) {
          ids.put(text.getKey(), ++id);
          project.crm().put("contacts", new CrmRecord(id, properties(text.getValue()), 0, 0));
        }
      }
      Map<Long, Map<String, String>> before = project.records();
      JsonNode done = project.json(2, "transform", ContactsProject.TRANSFORM, "--commit");
      Map<Long, String> told = new HashMap<>();
      done.path("problems").forEach(p -> told.put(p.path("id").asLong(), p.path("what").asText()));
      for (String name : bad.keySet()) {
        assertThat(told).as(name).containsKey(ids.get(name));
        assertThat(project.records().get(ids.get(name)))
            .as(name)
            .isEqualTo(before.get(ids.get(name)));
      }
      assertThat(told.get(ids.get("a key twice"))).contains("Duplicate", "line 1, column");
      assertThat(told.get(ids.get("too long"))).contains("characters");
      for (String name : odd.keySet()) {
        assertThat(told).as(name + ": " + told.get(ids.get(name))).doesNotContainKey(ids.get(name));
        assertThat(project.progress(ids.get(name))).as(name).contains("\"courses\"");
      }
      assertThat(project.progress(ids.get("a huge number")))
          .contains("\"n\":123456789012345678901234567890.10");
      assertThat(project.progress(ids.get("half a surrogate pair")))
          .containsIgnoringCase("\\ud83d");
      assertThat(done.path("transformed").asInt())
          .isEqualTo(project.contacts().counts().get(Kind.HIERARCHICAL) + odd.size());
    }
  }

  @Test
  void a_definition_that_is_missing_fails_the_documents_that_need_it() throws IOException {
    try (ContactsProject project = project(CrmSettings.standard())) {
      Files.delete(directory.resolve("project/content/courses/statistics-basics.json"));
      JsonNode plan = project.json(2, "transform", ContactsProject.TRANSFORM);
      assertThat(plan.path("failed").asInt()).isPositive();
      assertThat(plan.path("transformed").asInt()).isPositive();
      assertThat(plan.path("problems").toString())
          .contains("content/courses/statistics-basics.json is missing");
    }
  }

  @Test
  void a_token_that_ends_half_way_is_told_and_the_run_goes_on_with_another() throws IOException {
    try (ContactsProject project =
        project(CrmSettings.standard().withToken("the-first").withTokenLasting(6))) {
      JavaProcess.Result end =
          project.process("transform", ContactsProject.TRANSFORM, "--commit").run();
      assertThat(end.exitCode()).as(end.stdout() + end.stderr()).isEqualTo(77);
      assertThat(end.stderr()).doesNotContain("the-first").contains("401");
      JavaProcess.Result again = project.process("resume", "d1").run();
      assertThat(again.exitCode()).as("with the old token").isEqualTo(77);
      assertThat(again.stderr())
          .contains("(token: in the transform's file).", "To go on with this run: plumb resume d1")
          .doesNotContain("run the command again");
      project.crm().renewToken("the-second");
      JavaProcess.Result resumed = project.process("resume", "d1").run();
      assertThat(resumed.exitCode()).as(resumed.stdout() + resumed.stderr()).isEqualTo(2);
      for (long id : project.contacts().ids(Kind.HIERARCHICAL)) {
        assertThat(project.writes(id)).as("writes of " + id).isEqualTo(1);
      }
    }
  }

  private ContactsProject project(CrmSettings settings) throws IOException {
    Files.createDirectories(directory.resolve("project"));
    return ContactsProject.of(
        directory.resolve("project"), settings.withLimits(RateLimits.professional()), CONTACTS);
  }

  /** Some module of the pathway's first course. */
  private static String moduleOf(ContactsProject project, String pathway) throws IOException {
    Path content = project.directory().resolve("content");
    String course =
        read(content.resolve("pathways/" + pathway + ".json")).path("courses").get(0).asText();
    return read(content.resolve("courses/" + course + ".json")).path("modules").get(0).asText();
  }

  private static JsonNode read(Path file) throws IOException {
    return Cases.json(Files.readString(file));
  }

  private static String pathway(String module, String further) {
    return "{\"data-analyst\":{\"enrolled\":true,\"modules\":{\""
        + module
        + "\":{\"started\":true"
        + further
        + "}}}}";
  }

  private static Map<String, String> properties(String progress) {
    return Map.of("email", "odd@example.org", Contacts.PROGRESS, progress);
  }
}

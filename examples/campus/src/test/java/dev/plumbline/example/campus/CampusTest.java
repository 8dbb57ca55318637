package dev.plumbline.example.campus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.crm.Crm;
import dev.plumbline.crm.CrmRecord;
import dev.plumbline.crm.CrmSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CampusTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PROGRESS = "hhl_progress_state";

  private static final String BY_MODULE =
      """
      {"data-analyst": {"enrolled": true, "enrolled_at": "2026-01-01T00:00:00Z",
         "enrollment_source": "voucher",
         "modules": {"queries": {"started": true, "started_at": "2026-01-02T00:00:00Z",
           "completed": true, "completed_at": "2026-01-03T00:00:00Z"}}}}""";

  private static final String BY_COURSE =
      """
      {"data-analyst": {"enrolled": true, "enrolled_at": "2026-01-01T00:00:00Z",
         "enrollment_source": "voucher", "started": true, "started_at": "2026-01-02T00:00:00Z",
         "completed": false,
         "courses": {"data-handling": {"enrolled": true, "enrolled_at": "2026-01-01T00:00:00Z",
           "enrollment_source": "voucher", "started": true, "started_at": "2026-01-02T00:00:00Z",
           "completed": false,
           "modules": {"queries": {"started": true, "started_at": "2026-01-02T00:00:00Z",
             "completed": true, "completed_at": "2026-01-03T00:00:00Z"}}},
          "statistics-basics": {"enrolled": true, "enrolled_at": "2026-01-01T00:00:00Z",
           "enrollment_source": "voucher", "started": false, "completed": false,
           "modules": {}}}}}""";

  private final Crm crm = Crm.start(CrmSettings.standard());
  private final HttpClient http = HttpClient.newHttpClient();
  private Campus campus;

  @BeforeEach
  void start() throws IOException {
    campus = Campus.start(0, crm.uri(), crm.token(), Path.of("../hierarchical-progress/content"));
    crm.define("contacts", List.of(PROGRESS));
    put(51, BY_MODULE);
    put(101, BY_COURSE);
    crm.put("contacts", new CrmRecord(151, Map.of("email", "grace@example.org"), 0, 0));
  }

  @AfterEach
  void stop() {
    campus.close();
    http.close();
    crm.close();
  }

  private void put(long id, String progress) {
    crm.put(
        "contacts",
        new CrmRecord(id, Map.of("email", "ada+" + id + "@example.org", PROGRESS, progress), 0, 0));
  }

  private JsonNode get(int status, String path) throws IOException, InterruptedException {
    return send(status, HttpRequest.newBuilder(campus.uri().resolve(path)).build());
  }

  private JsonNode track(int status, String event) throws IOException, InterruptedException {
    URI uri = campus.uri().resolve("/events/track");
    return send(status, HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(event)).build());
  }

  private JsonNode send(int status, HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }

  private JsonNode stored(long id) throws IOException {
    return JSON.readTree(crm.find("contacts", id).orElseThrow().text(PROGRESS).orElseThrow());
  }

  @Test
  void answers_the_same_for_both_shapes() throws Exception {
    JsonNode byModule = get(200, "/progress/read?contact=51");
    JsonNode byCourse = get(200, "/progress/read?contact=ada%2B101@example.org");
    assertThat(byModule.path("pathways"))
        .isEqualTo(byCourse.path("pathways"))
        .hasToString(
            "{\"data-analyst\":{\"enrolled\":true,\"completed\":1,\"modules\":{\"queries\":"
                + "{\"started\":true,\"started_at\":\"2026-01-02T00:00:00Z\",\"completed\":true,"
                + "\"completed_at\":\"2026-01-03T00:00:00Z\"}},"
                + "\"courses\":[\"data-handling\",\"statistics-basics\"]}}");
    assertThat(get(200, "/progress/read?contact=151").path("pathways")).isEmpty();
  }

  @Test
  void adds_up_over_both_shapes() throws Exception {
    assertThat(get(200, "/progress/aggregate").at("/pathways/data-analyst"))
        .hasToString("{\"learners\":2,\"enrolled\":2,\"modules_completed\":2}");
    JsonNode list = get(200, "/enrollments/list?pathway=data-analyst").path("enrollments");
    assertThat(list).hasSize(2);
    assertThat(list.get(1).path("source").asText()).isEqualTo("voucher");
  }

  @Test
  void enters_an_event_in_the_shape_that_is_there() throws Exception {
    for (long id : List.of(51L, 101L)) {
      JsonNode after =
          track(
              200,
              """
              {"contact": "%d", "event": "module.completed", "pathway": "data-analyst",
               "module": "text-tools", "at": "2026-02-01T00:00:00Z"}"""
                  .formatted(id));
      assertThat(after.at("/pathways/data-analyst/completed").asInt()).isEqualTo(2);
    }
    assertThat(stored(51).at("/data-analyst/modules/text-tools/completed_at").asText())
        .isEqualTo("2026-02-01T00:00:00Z");
    assertThat(
            stored(101)
                .at("/data-analyst/courses/data-handling/modules/text-tools/completed_at")
                .asText())
        .isEqualTo("2026-02-01T00:00:00Z");
    assertThat(stored(101).at("/data-analyst").has("modules")).isFalse();
  }

  @Test
  void completes_a_course_with_its_last_module_and_a_pathway_with_its_last_course()
      throws Exception {
    for (String module :
        List.of(
            "tables-and-keys", "text-tools", "averages-and-spread", "sampling", "reading-charts")) {
      track(
          200,
          """
          {"contact": "101", "event": "module.completed", "pathway": "data-analyst",
           "module": "%s", "at": "2026-02-01T00:00:00Z"}"""
              .formatted(module));
    }
    assertThat(stored(101).at("/data-analyst/courses/data-handling/completed").asBoolean())
        .isTrue();
    assertThat(stored(101).at("/data-analyst/completed_at").asText())
        .isEqualTo("2026-02-01T00:00:00Z");
  }

  @Test
  void enters_a_module_of_several_courses_in_each_of_them() throws Exception {
    track(
        200,
        """
        {"contact": "151", "event": "module.started", "pathway": "network-engineering",
         "module": "routing", "at": "2026-02-01T00:00:00Z"}""");
    JsonNode courses = stored(151).at("/network-engineering/courses");
    assertThat(courses.at("/networking-basics/modules"))
        .isEqualTo(courses.at("/fabric-design/modules"))
        .hasSize(1);
    assertThat(courses.at("/linux-foundations/modules")).isEmpty();
  }

  @Test
  void enrols_in_a_pathway_and_its_courses() throws Exception {
    track(
        200,
        """
        {"contact": "151", "event": "pathway.enrolled", "pathway": "data-analyst",
         "at": "2026-02-01T00:00:00Z"}""");
    assertThat(stored(151).at("/data-analyst/courses/statistics-basics/enrolled").asBoolean())
        .isTrue();
    assertThat(get(200, "/enrollments/list?pathway=data-analyst").path("enrollments")).hasSize(3);
  }

  @Test
  void refuses_what_makes_no_sense() throws Exception {
    assertThat(get(404, "/progress/read?contact=9").path("error").asText())
        .isEqualTo("There is no such contact.");
    get(400, "/progress/read");
    get(404, "/elsewhere");
    track(400, "{");
    track(400, "{\"contact\": \"51\", \"pathway\": \"data-analyst\", \"at\": \"2026\"}");
    track(
        422,
        """
        {"contact": "101", "event": "module.started", "pathway": "data-analyst",
         "module": "juggling", "at": "2026-02-01T00:00:00Z"}""");
    assertThat(crm.changes()).isEmpty();
  }
}

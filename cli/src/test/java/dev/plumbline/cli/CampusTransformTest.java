package dev.plumbline.cli;

import static dev.plumbline.cli.ContactsProject.TRANSFORM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.crm.Contacts.Kind;
import dev.plumbline.crm.CrmSettings;
import dev.plumbline.crm.RateLimits;
import dev.plumbline.example.campus.Campus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application of case 4 answers the same before and after the shape of its data is changed. */
class CampusTransformTest {
  private static final int CONTACTS = 300;

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();

  private static CrmSettings settings() {
    return CrmSettings.standard().withLimits(RateLimits.generous());
  }

  @Test
  void answers_the_same_before_and_after() throws Exception {
    try (ContactsProject project = ContactsProject.of(directory, settings(), CONTACTS);
        Campus campus = campus(project)) {
      List<String> before = answers(campus, project);
      project.json(2, "transform", TRANSFORM, "--commit");
      assertThat(answers(campus, project)).isEqualTo(before);
      project.json(0, "rollback", "d1", "--commit");
      assertThat(answers(campus, project)).isEqualTo(before);
    }
  }

  @Test
  void goes_on_taking_events_while_and_after_the_shape_is_changed() throws Exception {
    try (ContactsProject project = ContactsProject.of(directory, settings(), CONTACTS);
        Campus campus = campus(project)) {
      long id = project.contacts().ids(Kind.HIERARCHICAL).getLast();
      enrol(campus, id, "security-awareness");
      project.json(2, "transform", TRANSFORM, "--commit");
      JsonNode after = enrol(campus, id, "writing-clearly");
      assertThat(after.at("/pathways/security-awareness/enrolled").asBoolean()).isTrue();
      assertThat(after.at("/pathways/writing-clearly/enrolled").asBoolean()).isTrue();

      project.json(1, "rollback", "d1", "--commit");
      assertThat(project.progress(id)).as("kept, for its learner has gone on").contains("courses");
      project.json(0, "rollback", "d1", "--merge", "--commit");
      assertThat(project.progress(id)).contains("writing-clearly", "security-awareness");
    }
  }

  private static Campus campus(ContactsProject project) throws IOException {
    return Campus.start(
        0, project.crm().uri(), project.crm().token(), project.directory().resolve("content"));
  }

  private List<String> answers(Campus campus, ContactsProject project) throws Exception {
    List<String> answers = new ArrayList<>(List.of(get(campus, "/progress/aggregate")));
    for (String pathway : List.of("cloud-platform", "getting-started")) {
      answers.add(get(campus, "/enrollments/list?pathway=" + pathway));
    }
    for (long id : project.records().keySet()) {
      answers.add(get(campus, "/progress/read?contact=" + id));
    }
    assertThat(answers).hasSize(CONTACTS + 3);
    return answers;
  }

  private String get(Campus campus, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(campus.uri().resolve(path)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private JsonNode enrol(Campus campus, long id, String pathway) throws Exception {
    String event =
        """
        {"contact": "%d", "event": "pathway.enrolled", "pathway": "%s", "at": "2026-05-30T10:00:00Z"}"""
            .formatted(id, pathway);
    HttpRequest request =
        HttpRequest.newBuilder(campus.uri().resolve("/events/track"))
            .POST(BodyPublishers.ofString(event))
            .build();
    return Cases.json(http.send(request, BodyHandlers.ofString()).body());
  }
}

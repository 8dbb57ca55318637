package dev.plumbline.cli;

import static dev.plumbline.cli.ContactsProject.TRANSFORM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.crm.Change;
import dev.plumbline.crm.Contacts;
import dev.plumbline.crm.Contacts.Kind;
import dev.plumbline.crm.CrmSettings;
import dev.plumbline.crm.Learning;
import dev.plumbline.crm.ProgressLearner;
import dev.plumbline.crm.RateLimits;
import dev.plumbline.crm.Traffic;
import dev.plumbline.document.Differences;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case 4: documents behind an API get another shape; each command a process of its own. */
class HierarchicalProgressTest {
  private static final List<String> COUNTS =
      List.of("total", "transformed", "unchanged", "skipped", "validation_errors", "failed");

  @TempDir Path directory;

  private static List<Integer> counts(JsonNode report) {
    return COUNTS.stream().map(count -> report.path(count).asInt(-1)).toList();
  }

  @Test
  void has_the_numbers_of_the_case_from_dry_run_to_rollback() throws Exception {
    try (ContactsProject project = ContactsProject.of(directory, CrmSettings.standard(), 5_000)) {
      Map<Long, Map<String, String>> before = project.records();
      dryRun(project);
      oneContact(project);
      assertThat(project.records()).as("a dry run writes nothing").isEqualTo(before);
      commit(project, before);
      takeBack(project, before);
    }
  }

  private void dryRun(ContactsProject project) throws Exception {
    JsonNode plan = project.json(2, "transform", TRANSFORM);
    assertThat(counts(plan)).containsExactly(5_000, 2_300, 2_050, 600, 50, 0);
    assertThat(plan.path("committed").asBoolean()).isFalse();
    Path folder = Path.of(plan.path("folder").asText());
    assertThat(counts(Cases.json(Files.readString(folder.resolve("summary.json")))))
        .isEqualTo(counts(plan));
    try (Stream<Path> snapshots = Files.list(folder.resolve("snapshots"))) {
      assertThat(snapshots.filter(file -> file.toString().endsWith("-after.json")))
          .hasSizeGreaterThanOrEqualTo(2_300);
    }
    JsonNode refused = Cases.json(Files.readString(folder.resolve("validation-report.json")));
    Set<Long> ids = new HashSet<>();
    for (JsonNode document : refused.path("documents")) {
      ids.add(document.path("id").asLong());
      assertThat(document.path("findings").get(0).path("path").asText())
          .as("the place of what would be lost")
          .matches("[a-z-]+\\.modules\\.(orientation-2019|final-exam-2018)");
    }
    assertThat(ids).containsExactlyInAnyOrderElementsOf(project.contacts().ids(Kind.ASTRAY));
  }

  private static void oneContact(ContactsProject project) {
    long id = project.contacts().ids(Kind.HIERARCHICAL).getFirst();
    String email = project.crm().find("contacts", id).orElseThrow().text("email").orElseThrow();
    JsonNode plan = project.json(0, "transform", TRANSFORM, "--email", email);
    assertThat(counts(plan)).containsExactly(1, 1, 0, 0, 0, 0);
    assertThat(plan.path("samples").get(0).path("id").asLong()).isEqualTo(id);
  }

  private static void commit(ContactsProject project, Map<Long, Map<String, String>> before) {
    JsonNode done = project.json(2, "transform", TRANSFORM, "--commit");
    assertThat(counts(done)).containsExactly(5_000, 2_300, 2_050, 600, 50, 0);
    Set<Long> written = new HashSet<>(project.contacts().ids(Kind.HIERARCHICAL));
    Map<Long, Map<String, String>> after = project.records();
    before.forEach(
        (id, properties) -> {
          assertThat(project.writes(id)).isEqualTo(written.contains(id) ? 1 : 0);
          if (!written.contains(id)) {
            assertThat(after.get(id)).as("contact %d", id).isEqualTo(properties);
          }
        });
    Traffic traffic = project.crm().traffic();
    assertThat(traffic.tooMany()).as("never more than the limits allow").isZero();
    assertThat(traffic.of(Traffic.Kind.UPDATE)).as("in batches").isZero();
    assertThat(counts(project.json(2, "transform", TRANSFORM)))
        .as("the second time there is nothing left but what was refused")
        .containsExactly(5_000, 0, 4_350, 600, 50, 0);
  }

  private static void takeBack(ContactsProject project, Map<Long, Map<String, String>> before) {
    List<Long> learners = project.contacts().ids(Kind.HIERARCHICAL).subList(0, 2);
    for (long id : learners) {
      project.crm().learn("contacts", id, new ProgressLearner());
    }
    Map<Long, Map<String, String>> learned = project.records();
    project.json(1, "rollback", "d1", "--commit");
    project
        .records()
        .forEach(
            (id, properties) ->
                assertThat(properties)
                    .as("contact %d", id)
                    .isEqualTo((learners.contains(id) ? learned : before).get(id)));
    project.json(0, "rollback", "d1", "--merge", "--commit");
    for (long id : learners) {
      String old = before.getOrDefault(id, Map.of()).getOrDefault(Contacts.PROGRESS, "");
      assertThat(Differences.paths(old, project.progress(id)))
          .as("the old shape, with what was learned since")
          .isNotEmpty()
          .allMatch(path -> path.contains(".visits"));
    }
  }

  @Test
  void loses_nothing_of_what_learners_do_meanwhile() {
    CrmSettings settings =
        CrmSettings.standard()
            .withLimits(RateLimits.generous())
            .withLearning(new Learning(0.1, 4, Learning.Moment.AFTER_LIST, new ProgressLearner()));
    try (ContactsProject project = ContactsProject.of(directory, settings, 500)) {
      JsonNode done = project.json(2, "transform", TRANSFORM, "--commit");
      assertThat(counts(done)).containsExactly(500, 230, 205, 60, 5, 0);
      List<Change> learned =
          project.crm().changes().stream()
              .filter(change -> change.by() == Change.By.LEARNER)
              .toList();
      assertThat(learned).hasSizeGreaterThan(20);
      for (Change change : learned) {
        assertThat(project.progress(change.id())).contains(change.mark());
      }
      for (long id : project.contacts().ids(Kind.HIERARCHICAL)) {
        assertThat(project.writes(id)).isEqualTo(1);
      }
    }
  }
}

package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.document.CarriedBack;
import dev.plumbline.document.Differences;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examination.Finding;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Transform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example's transform does what its case says. */
class HierarchicalProgressTest {
  static final Path EXAMPLE = Path.of("..", "examples", "hierarchical-progress");
  static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  static final ReadOptions OPTIONS =
      new ReadOptions(
          Optional.empty(),
          Map.of("CRM_URL", "http://127.0.0.1:8080", "CRM_TOKEN", "hush-hush"),
          Optional.empty());

  private final Examiner examiner = new Examiner(transform(), NOON);

  static Transform transform() {
    return new TransformFolder(EXAMPLE).read("hierarchical-progress", OPTIONS).transform();
  }

  static Document contact(String progress) {
    return Document.of("1", Map.of("hhl_progress_state", progress));
  }

  private static String module(String started, String completed) {
    return """
        {"started": true, "started_at": "%s", "completed": %s, "completed_at": %s}"""
        .formatted(
            started, !completed.isEmpty(), completed.isEmpty() ? null : '"' + completed + '"');
  }

  @Test
  void modules_go_into_each_course_that_lists_them() {
    String queries = module("2026-01-05T10:00:00Z", "2026-01-07T10:00:00Z");
    String tools = module("2026-01-03T10:00:00Z", "2026-01-09T10:00:00Z");
    String tables = module("2026-01-04T10:00:00Z", "2026-01-06T10:00:00Z");
    String before =
        """
        {"data-analyst": {"enrolled": true, "enrolled_at": "2026-01-02T10:00:00Z", "mood": "good",
          "modules": {"queries": %s, "text-tools": %s, "tables-and-keys": %s}}}"""
            .formatted(queries, tools, tables);

    Examination.Transformed result = (Examination.Transformed) examiner.examine(contact(before));

    assertThat(
            Differences.paths(
                result.after().get("hhl_progress_state"),
                """
                {"data-analyst": {
                  "enrolled": true, "enrolled_at": "2026-01-02T10:00:00Z", "mood": "good",
                  "started": true, "started_at": "2026-01-03T10:00:00Z", "completed": false,
                  "courses": {
                    "data-handling": {
                      "enrolled": true, "enrolled_at": "2026-01-02T10:00:00Z",
                      "enrollment_source": "pathway_migration",
                      "started": true, "started_at": "2026-01-03T10:00:00Z",
                      "completed": true, "completed_at": "2026-01-09T10:00:00Z",
                      "modules": {"queries": %s, "text-tools": %s, "tables-and-keys": %s}},
                    "statistics-basics": {
                      "enrolled": true, "enrolled_at": "2026-01-02T10:00:00Z",
                      "enrollment_source": "pathway_migration",
                      "started": false, "completed": false, "modules": {}}}}}"""
                    .formatted(queries, tools, tables)))
        .isEmpty();
    assertThat(result.after())
        .containsEntry("hhl_progress_summary", "data-analyst: 3 of 3 modules completed")
        .containsEntry("hhl_progress_updated_at", "2026-03-01T12:00:00Z");
    assertThat(result.counts()).isEqualTo(Map.of("pathways", List.of("data-analyst")));
  }

  @Test
  void flat_unknown_and_done_pathways_stay() {
    assertThat(
            examiner.examine(
                contact(
                    """
                    {"getting-started": {"enrolled": true, "modules": {"welcome": {"started": true}}},
                     "of-another-time": {"modules": {"x": {}}},
                     "data-analyst": {"courses": {"data-handling": {"modules": {}}}},
                     "courses": {"sql": {"modules": {"a": {"started": false}}}}}""")))
        .isEqualTo(new Examination.Unchanged());
  }

  @Test
  void a_module_that_no_course_lists_must_not_vanish() {
    Examination result =
        examiner.examine(
            contact(
                """
                {"data-analyst": {"modules": {"queries": {"started": true}, "lost": {"started": false}}}}"""));
    assertThat(result).isInstanceOf(Examination.Refused.class);
    assertThat(((Examination.Refused) result).findings())
        .containsExactly(
            new Finding("preserve \"modules\"", "data-analyst.modules.lost", "is lost"));
  }

  @Test
  void a_course_without_a_definition_fails_its_documents(@TempDir Path copy) throws IOException {
    copy(EXAMPLE, copy);
    Files.delete(copy.resolve("content/courses/data-handling.json"));
    Examiner incomplete =
        new Examiner(
            new TransformFolder(copy).read("hierarchical-progress", OPTIONS).transform(), NOON);
    assertThat(incomplete.examine(contact("{\"data-analyst\": {\"modules\": {}}}")))
        .isEqualTo(new Examination.Failed("content/courses/data-handling.json is missing"));
    assertThat(incomplete.examine(contact("{\"fabric-operator\": {\"modules\": {}}}")))
        .isInstanceOf(Examination.Transformed.class);
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path there = to.resolve(from.relativize(file).toString());
        Files.createDirectories(there.getParent());
        Files.copy(file, there);
      }
    }
  }

  @Test
  void what_was_learned_since_is_carried_back_into_the_old_shape() {
    String before =
        """
        {"data-analyst": {"enrolled": true, "modules": {"queries": %s}}, "note": 1.50}"""
            .formatted(module("2026-01-05T10:00:00Z", ""));
    String after =
        ((Examination.Transformed) examiner.examine(contact(before)))
            .after()
            .get("hhl_progress_state");
    String current =
        after.replace(
            "\"completed\":false,\"completed_at\":null",
            "\"completed\":true,\"completed_at\":\"2026-03-02T10:00:00Z\"");
    assertThat(current).isNotEqualTo(after);

    assertThat(examiner.carryBack(before, after, current))
        .isEqualTo(
            new CarriedBack.Carried(
                "{\"data-analyst\":{\"enrolled\":true,\"modules\":{\"queries\":"
                    + module("2026-01-05T10:00:00Z", "2026-03-02T10:00:00Z").replace(" ", "")
                    + "}},\"note\":1.50}"));
  }

  @Test
  void what_the_old_shape_cannot_hold_is_kept() {
    String before = "{\"data-analyst\": {\"modules\": {}}}";
    String after =
        ((Examination.Transformed) examiner.examine(contact(before)))
            .after()
            .get("hhl_progress_state");
    String current = after.replace("\"data-handling\":{", "\"data-handling\":{\"rating\":5,");
    assertThat(examiner.carryBack(before, after, current))
        .isEqualTo(
            new CarriedBack.Kept(
                "the old shape cannot hold what was changed since at"
                    + " data-analyst.courses.data-handling.rating"));
  }
}

package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.crm.Contacts;
import dev.plumbline.crm.Contacts.Kind;
import dev.plumbline.crm.Content;
import dev.plumbline.crm.CrmRecord;
import dev.plumbline.crm.ProgressLearner;
import dev.plumbline.document.CarriedBack;
import dev.plumbline.document.Differences;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The transform of case 4, held against all of its contacts. */
class LearningProgressTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "hierarchical-progress");
  private static final Contacts CONTACTS =
      Contacts.of(Content.read(EXAMPLE.resolve("content")), 5_000, 4);

  private final Examiner examiner =
      new Examiner(
          new TransformFolder(EXAMPLE)
              .read(
                  "hierarchical-progress",
                  new ReadOptions(
                      Optional.empty(),
                      Map.of("CRM_URL", "http://127.0.0.1:1", "CRM_TOKEN", "none"),
                      Optional.empty()))
              .transform(),
          Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC));

  private Examination examine(CrmRecord record) {
    return examiner.examine(Document.of(String.valueOf(record.id()), record.properties()));
  }

  private static Kind kind(Examination examination) {
    return switch (examination) {
      case Examination.Skipped skipped -> Kind.WITHOUT_PROGRESS;
      case Examination.Unchanged unchanged -> Kind.FLAT;
      case Examination.Transformed transformed -> Kind.HIERARCHICAL;
      case Examination.Refused refused -> Kind.ASTRAY;
      case Examination.Failed failed -> throw new AssertionError(failed.what());
    };
  }

  @Test
  void each_contact_becomes_what_the_case_says() {
    Map<Kind, List<Long>> found = new TreeMap<>();
    CONTACTS
        .records()
        .forEach(
            record ->
                found
                    .computeIfAbsent(kind(examine(record)), kind -> new ArrayList<>())
                    .add(record.id()));
    List<Long> unchanged = new ArrayList<>(CONTACTS.ids(Kind.FLAT));
    unchanged.addAll(CONTACTS.ids(Kind.DONE));
    assertThat(found.get(Kind.WITHOUT_PROGRESS)).isEqualTo(CONTACTS.ids(Kind.WITHOUT_PROGRESS));
    assertThat(found.get(Kind.FLAT)).containsExactlyInAnyOrderElementsOf(unchanged).hasSize(2_050);
    assertThat(found.get(Kind.HIERARCHICAL)).isEqualTo(CONTACTS.ids(Kind.HIERARCHICAL));
    assertThat(found.get(Kind.ASTRAY)).isEqualTo(CONTACTS.ids(Kind.ASTRAY));
  }

  @Test
  void what_a_learner_did_since_is_carried_back() {
    int carried = 0;
    for (CrmRecord record : CONTACTS.records().limit(500).toList()) {
      if (examine(record) instanceof Examination.Transformed transformed) {
        String before = record.text(Contacts.PROGRESS).orElseThrow();
        String after = transformed.after().getOrDefault(Contacts.PROGRESS, "");
        Map<String, String> properties = new HashMap<>(record.properties());
        properties.put(Contacts.PROGRESS, after);
        String learned =
            new ProgressLearner()
                .changes(new CrmRecord(record.id(), properties, 0, 0), "learned-1")
                .orElseThrow()
                .getOrDefault(Contacts.PROGRESS, "");
        CarriedBack back = examiner.carryBack(before, after, learned);
        assertThat(back).isInstanceOf(CarriedBack.Carried.class);
        assertThat(Differences.paths(before, ((CarriedBack.Carried) back).text()))
            .allMatch(path -> path.contains("visits"))
            .isNotEmpty();
        carried++;
      }
    }
    assertThat(carried).isEqualTo(230);
  }
}

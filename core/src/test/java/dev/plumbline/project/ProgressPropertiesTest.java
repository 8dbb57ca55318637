package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.plumbline.document.CarriedBack;
import dev.plumbline.document.Differences;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Json;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.project.ProgressDocuments.Progress;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For random documents: the example's preserve rules never refuse the right transform, and always
 * refuse one that loses, changes, moves or doubles something. The long run tries 500 of each.
 */
class ProgressPropertiesTest {
  private static final int DOCUMENTS = Boolean.getBoolean("plumbline.torture") ? 500 : 100;
  private static final String PROPERTY = "hhl_progress_state";
  private static final Transform RIGHT = HierarchicalProgressTest.transform();

  private static Examination.Transformed transformed(Examiner examiner, Progress progress) {
    Examination result = examiner.examine(HierarchicalProgressTest.contact(progress.text()));
    assertThat(result).isInstanceOf(Examination.Transformed.class);
    return (Examination.Transformed) result;
  }

  /** The right transform, followed by something wrong; not checked for being idempotent. */
  private static Examiner mutant(String mutation, Progress progress) {
    String place = ".[" + quoted(progress.pathway()) + "]";
    String wrong =
        mutation
            .replace("PATHWAY", place)
            .replace("EACH", place + ".courses[].modules | select(has(MODULE))")
            .replace("MODULE", quoted(progress.module()))
            .replace("ENTRY", Json.write(progress.entry()).replace("12345678901234567890", "1e3"));
    Program program = new Program.Jq(((Program.Jq) RIGHT.program()).text() + "\n| " + wrong);
    return new Examiner(
        new Transform(
            RIGHT.name(),
            RIGHT.says(),
            RIGHT.definition(),
            RIGHT.property(),
            program,
            Map.of(),
            RIGHT.reads(),
            Optional.empty(),
            RIGHT.preserve(),
            Optional.empty(),
            RIGHT.limits(),
            false,
            Map.of(),
            RIGHT.inputs(),
            RIGHT.keep()),
        HierarchicalProgressTest.NOON);
  }

  private static String quoted(String text) {
    return Json.write(new TextNode(text));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2_026, 77_777})
  void the_right_transform_is_never_refused(long seed) {
    Examiner examiner = new Examiner(RIGHT, HierarchicalProgressTest.NOON);
    ProgressDocuments documents = new ProgressDocuments(seed, RIGHT);
    for (int i = 0; i < DOCUMENTS; i++) {
      Progress progress = documents.next();
      assertThat(examiner.examine(HierarchicalProgressTest.contact(progress.text())))
          .as("seed %d, document %d: %s", seed, i, progress.text())
          .isInstanceOf(Examination.Transformed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // loses
        "del(PATHWAY.courses[].modules[MODULE])",
        "del(PATHWAY.enrolled)",
        "del(PATHWAY.enrolled_at)",
        "del(PATHWAY.extra)",
        "del(PATHWAY.courses[].modules[MODULE].score)",
        "del(.[\"flat-and-unknown\"])",
        "del(.courses)",
        "del(.format)",
        "del(PATHWAY)",
        "PATHWAY.courses = {}",
        // changes
        "(EACH | .[MODULE].started) |= not",
        "(EACH | .[MODULE].started_at) = \"2001-01-01T00:00:00Z\"",
        "PATHWAY.enrolled_at = \"2001-01-01T00:00:00Z\"",
        "PATHWAY.extra = [.]",
        "(EACH | .[MODULE].score) = \"lost\"",
        "PATHWAY.started_at = \"2001-01-01T00:00:00Z\"",
        ".format = {old: .format}",
        ".courses.alone.modules.m.started |= not",
        "(.[\"flat-and-unknown\"].modules[] | .started_at) |= ascii_downcase",
        // doubles with a change
        "PATHWAY.courses.extra.modules[MODULE] = (ENTRY | .started = 1)",
        // moves to where it does not belong
        "del(PATHWAY.courses[].modules[MODULE]) | .[\"flat-and-unknown\"].modules[MODULE] = ENTRY",
        "PATHWAY.courses as $c | PATHWAY.courses = {} | .elsewhere.courses = $c",
        // makes up
        ".[\"flat-and-unknown\"].modules.made_up = {started: true}",
        "PATHWAY.courses.extra = {modules: {made_up: {}}}",
        ".another = {}",
      })
  void a_wrong_transform_is_always_refused(String mutation) {
    long seed = mutation.hashCode();
    ProgressDocuments documents = new ProgressDocuments(seed, RIGHT);
    for (int i = 0; i < DOCUMENTS; i++) {
      Progress progress = documents.next();
      Examination result =
          mutant(mutation, progress).examine(HierarchicalProgressTest.contact(progress.text()));
      assertThat(result)
          .as("seed %d, document %d: %s", seed, i, progress.text())
          .isInstanceOf(Examination.Refused.class);
      assertThat(((Examination.Refused) result).findings())
          .allSatisfy(finding -> assertThat(finding.rule()).startsWith("preserve"));
    }
  }

  @Test
  void digits_lost_by_arithmetic_are_always_found() {
    ProgressDocuments documents = new ProgressDocuments(5, RIGHT);
    for (int i = 0; i < DOCUMENTS; i++) {
      Progress progress = documents.next();
      ((ObjectNode) progress.document().get(progress.pathway()))
          .put("extra", new BigInteger("9007199254740993000000000" + i));
      assertThat(
              mutant("PATHWAY.extra += 0", progress)
                  .examine(HierarchicalProgressTest.contact(progress.text())))
          .as("document %d", i)
          .isInstanceOf(Examination.Refused.class);
    }
  }

  @Test
  void what_is_done_already_is_unchanged() {
    Examiner examiner = new Examiner(RIGHT, HierarchicalProgressTest.NOON);
    ProgressDocuments documents = new ProgressDocuments(11, RIGHT);
    for (int i = 0; i < DOCUMENTS; i++) {
      String after = transformed(examiner, documents.next()).after().get(PROPERTY);
      assertThat(examiner.examine(Document.of("1", Map.of(PROPERTY, after))))
          .as("document %d: %s", i, after)
          .isEqualTo(new Examination.Unchanged());
    }
  }

  @Test
  void what_nobody_touched_is_carried_back_to_what_it_was() {
    Examiner examiner = new Examiner(RIGHT, HierarchicalProgressTest.NOON);
    ProgressDocuments documents = new ProgressDocuments(12, RIGHT);
    for (int i = 0; i < DOCUMENTS; i++) {
      Progress progress = documents.next();
      String after = transformed(examiner, progress).after().get(PROPERTY);
      assertThat(examiner.carryBack(progress.text(), after, after))
          .as("document %d: %s", i, progress.text())
          .isEqualTo(new CarriedBack.Carried(progress.text()));
    }
  }

  @Test
  void new_progress_is_carried_back() {
    Examiner examiner = new Examiner(RIGHT, HierarchicalProgressTest.NOON);
    ProgressDocuments documents = new ProgressDocuments(13, RIGHT);
    for (int i = 0; i < DOCUMENTS; i++) {
      Progress progress = documents.next();
      ObjectNode later = progress.document().deepCopy();
      JsonNode modules = later.get(progress.pathway()).get("modules");
      documents
          .modulesOf(progress.pathway())
          .forEach(
              module -> {
                if (module.equals(progress.module()) || module.length() % 2 == 0) {
                  ((ObjectNode) modules).set(module, documents.module());
                }
              });
      String after = transformed(examiner, progress).after().get(PROPERTY);
      String current =
          transformed(examiner, new Progress(later, progress.pathway(), progress.module()))
              .after()
              .get(PROPERTY);
      CarriedBack back = examiner.carryBack(progress.text(), after, current);
      assertThat(back)
          .as("document %d: %s", i, progress.text())
          .isInstanceOf(CarriedBack.Carried.class);
      assertThat(Differences.paths(((CarriedBack.Carried) back).text(), Json.write(later)))
          .as("document %d: %s", i, progress.text())
          .isEmpty();
    }
  }
}

package dev.plumbline.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of single documents. */
class ExaminerTest {
  @Test
  void a_document_is_transformed() {
    Examiner examiner = Transforms.of("{new: .old, rest: del(.old)}").examiner();
    assertThat(examiner.examine(Transforms.document("{\"old\": 1, \"a\": [1.0, \"x\"]}")))
        .isEqualTo(
            new Examination.Transformed(
                Map.of("state", "{\"new\":1,\"rest\":{\"a\":[1.0,\"x\"]}}"), Map.of()));
  }

  @Test
  void one_that_stays_as_it_is_is_unchanged() {
    Examiner examiner = Transforms.of("if .old then {new: .old} else . end").examiner();
    assertThat(examiner.examine(Transforms.document("{ \"new\" : 1 }")))
        .isEqualTo(new Examination.Unchanged());
  }

  @Test
  void a_record_without_a_document_is_skipped() {
    Examiner examiner = Transforms.of(".").examiner();
    assertThat(examiner.examine(Document.of("7", Map.of()))).isEqualTo(new Examination.Skipped());
    assertThat(examiner.examine(Transforms.document(" "))).isEqualTo(new Examination.Skipped());
  }
}

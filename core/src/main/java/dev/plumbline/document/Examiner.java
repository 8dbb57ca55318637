package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.document.Examination.Finding;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Transforms documents and proves the results. For any number of threads. */
public final class Examiner {
  private final Transform transform;
  private final Programs programs;
  private final Proof proof;

  public Examiner(Transform transform, Clock clock) {
    this.transform = transform;
    this.programs = new Programs(transform, clock);
    this.proof = new Proof(transform, programs, programs.scope());
  }

  /** What becomes of a document. */
  public Examination examine(Document document) {
    Optional<String> text = document.text(transform.property());
    if (text.isEmpty() || text.get().isBlank()) {
      return new Examination.Skipped();
    }
    try {
      return examine(document, Json.read(text.get()));
    } catch (UnreadableJson e) {
      return new Examination.Failed(String.valueOf(e.getMessage()));
    } catch (ProgramFailed e) {
      return new Examination.Failed(e.what());
    }
  }

  private Examination examine(Document document, JsonNode before) throws ProgramFailed {
    JsonNode after = programs.transform(before);
    if (Values.same(before, after)) {
      List<Finding> invalid = proof.invalid(before);
      return invalid.isEmpty()
          ? new Examination.Unchanged()
          : new Examination.Refused(invalid, Optional.empty());
    }
    Map<String, String> written = programs.written(document, before, after);
    List<Finding> findings = proof.findings(before, after, written);
    return findings.isEmpty()
        ? new Examination.Transformed(written, programs.counts(before))
        : new Examination.Refused(findings, Optional.of(written));
  }

  /**
   * Takes a document back that was changed since it was transformed: what changed is carried into
   * the old shape.
   *
   * @param before its text before it was transformed
   * @param after its text as it was written
   * @param current its text now
   */
  public CarriedBack carryBack(String before, String after, String current) {
    return new CarryBack(programs, transform).carry(before, after, current);
  }

  /** What the transform counts in a document's old shape; nothing where that cannot be read. */
  public Map<String, List<String>> counts(String before) {
    try {
      return programs.counts(Json.read(before));
    } catch (UnreadableJson | ProgramFailed e) {
      return Map.of();
    }
  }
}

package dev.plumbline.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.document.Examination.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * A document that is not written.
 *
 * @param findings what its result breaks; empty where there is no result
 * @param what the whole of it in a sentence
 */
public record Problem(String id, Sort sort, List<Finding> findings, String what) {
  public Problem {
    findings = List.copyOf(findings);
  }

  /** Which of the two. */
  public enum Sort {
    /** Its result breaks what was declared of it. */
    VALIDATION_ERROR,
    /** It could not be read, transformed or written. */
    FAILED;

    /** As reports write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As reports have it, an object. */
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("sort", sort.word());
    json.writeStringField("what", what);
    json.writeArrayFieldStart("findings");
    for (Finding finding : findings) {
      json.writeStartObject();
      json.writeStringField("rule", finding.rule());
      json.writeStringField("path", finding.path());
      json.writeStringField("what", finding.what());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static Problem refused(String id, List<Finding> findings) {
    return new Problem(id, Sort.VALIDATION_ERROR, findings, sentence(findings));
  }

  static Problem failed(String id, String what) {
    return new Problem(id, Sort.FAILED, List.of(), what);
  }

  private static String sentence(List<Finding> findings) {
    Finding first = findings.getFirst();
    String more = findings.size() == 1 ? "" : " (and " + (findings.size() - 1) + " more)";
    String at = first.path().isEmpty() ? "" : " at " + first.path();
    return first.rule() + at + ": " + first.what() + more;
  }
}

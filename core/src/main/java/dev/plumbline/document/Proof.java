package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.document.Examination.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.thisptr.jackson.jq.Scope;

/** What a transform declares of its results, checked on each. For any number of threads. */
final class Proof {
  /** More would be told of no use. */
  private static final int MOST_FINDINGS = 100;

  private final Transform transform;
  private final Programs programs;
  private final List<PreserveRule> rules;
  private final Optional<ResultCheck> check;

  Proof(Transform transform, Programs programs, Scope scope) {
    this.transform = transform;
    this.programs = programs;
    this.rules = transform.preserve().stream().map(rule -> new PreserveRule(rule, scope)).toList();
    this.check = transform.check().map(rule -> new ResultCheck(rule, scope));
  }

  /** What the result breaks. */
  List<Finding> findings(JsonNode before, JsonNode after, Map<String, String> written)
      throws ProgramFailed {
    List<Finding> findings = new ArrayList<>();
    Set<String> untouched = Values.sameKeys(before, after);
    for (PreserveRule rule : rules) {
      findings.addAll(rule.compare(before, after, untouched));
    }
    findings.addAll(invalid(after));
    written.forEach((property, text) -> findings.addAll(unwritable(property, text)));
    if (transform.idempotent()) {
      findings.addAll(changedAgain(after));
    }
    return findings.size() > MOST_FINDINGS ? findings.subList(0, MOST_FINDINGS) : findings;
  }

  /** Of a document that stays as it is. */
  List<Finding> invalid(JsonNode document) throws ProgramFailed {
    return check.isPresent() ? check.get().look(document) : List.of();
  }

  private List<Finding> unwritable(String property, String text) {
    List<Finding> findings = new ArrayList<>();
    int most = transform.limits().characters().orElse(Integer.MAX_VALUE);
    if (text.length() > most) {
      findings.add(
          new Finding(
              "limits",
              "",
              "the text for "
                  + property
                  + " has "
                  + text.length()
                  + " characters, "
                  + most
                  + " are allowed"));
    }
    if (JsonText.hasLoneSurrogate(text)) {
      findings.add(
          new Finding(
              "also \"" + property + "\"",
              "",
              "the text holds half of a surrogate pair, which cannot be written in UTF-8"));
    }
    return findings;
  }

  private List<Finding> changedAgain(JsonNode after) {
    try {
      JsonNode again = programs.transform(after);
      return Values.same(after, again)
          ? List.of()
          : Differences.paths(after, again).stream()
              .map(path -> new Finding("idempotent", path, "changes when transformed again"))
              .toList();
    } catch (ProgramFailed e) {
      return List.of(
          new Finding("idempotent", "", "the result cannot be transformed again: " + e.what()));
    }
  }
}

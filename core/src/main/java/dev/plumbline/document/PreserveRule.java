package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.document.Examination.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.thisptr.jackson.jq.Scope;

/** Looks for what must be preserved before and after. For any number of threads. */
final class PreserveRule {
  private final Preserve preserve;
  private final Finder finder;

  /** How values are found in a document. */
  private interface Finder {
    List<Found> find(JsonNode document, Set<String> untouched) throws ProgramFailed;
  }

  /** How often a value was there, and is. */
  private static final class Tally {
    private int before;
    private int after;
  }

  PreserveRule(Preserve preserve, Scope scope) {
    this.preserve = preserve;
    this.finder =
        switch (preserve.values()) {
          case Preserve.Values.At at -> new PathMatcher(at)::find;
          case Preserve.Values.Emitted emitted -> {
            JqProgram program = JqProgram.compile(emitted.program(), scope);
            yield (document, untouched) -> Emitted.of(program.all(document, Map.of()));
          }
        };
  }

  /**
   * What is lost, changed, or was not there; nothing if all is well.
   *
   * @param untouched keys of the whole that hold the same in both
   */
  List<Finding> compare(JsonNode before, JsonNode after, Set<String> untouched)
      throws ProgramFailed {
    List<Found> old = found(before, untouched);
    List<Found> now = found(after, untouched);
    Map<Found, Tally> tallies = LinkedHashMap.newLinkedHashMap(old.size() * 2);
    for (Found found : old) {
      tallies.computeIfAbsent(found, f -> new Tally()).before++;
    }
    for (Found found : now) {
      tallies.computeIfAbsent(found, f -> new Tally()).after++;
    }
    List<Found> lost = new ArrayList<>();
    List<Found> added = new ArrayList<>();
    tallies.forEach(
        (found, tally) -> {
          if (tally.after < (preserve.copies() ? Math.min(tally.before, 1) : tally.before)) {
            lost.add(found);
          }
          boolean more = tally.before == 0 || (!preserve.copies() && tally.after > tally.before);
          if (more && !preserve.additions()) {
            added.add(found);
          }
        });
    return lost.isEmpty() && added.isEmpty() ? List.of() : findings(old, now, lost, added);
  }

  private List<Found> found(JsonNode document, Set<String> untouched) throws ProgramFailed {
    try {
      return finder.find(document, untouched);
    } catch (ProgramFailed e) {
      throw new ProgramFailed(rule() + ": " + e.what());
    }
  }

  private String rule() {
    return "preserve \"" + preserve.name() + "\"";
  }

  /** Something lost where something else belongs now has changed. */
  private List<Finding> findings(
      List<Found> old, List<Found> now, List<Found> lost, List<Found> added) {
    List<Finding> findings = new ArrayList<>();
    for (Found gone : lost) {
      Optional<Found> instead =
          now.stream()
              .filter(found -> found.belongs().equals(gone.belongs()))
              .filter(found -> !old.contains(found))
              .findFirst();
      if (instead.isPresent()) {
        findings.add(changed(gone, instead.get()));
      } else {
        findings.add(finding(gone.place(), "is lost"));
      }
    }
    for (Found found : added) {
      boolean told = lost.stream().anyMatch(gone -> gone.belongs().equals(found.belongs()));
      if (!told) {
        findings.add(added(old, found));
      }
    }
    return findings;
  }

  private Finding changed(Found gone, Found instead) {
    List<String> keys = gone.place().keys();
    String inner = Differences.paths(gone.value(), instead.value()).getFirst();
    String path = PathText.of(keys);
    String whole = inner.isEmpty() || path.isEmpty() ? path + inner : path + "." + inner;
    boolean moved = !keys.equals(instead.place().keys());
    return new Finding(
        rule(), whole, moved ? "is another value in " + instead.place() : "is another value");
  }

  private Finding added(List<Found> old, Found found) {
    if (old.contains(found)) {
      return finding(found.place(), "is there more often than before");
    }
    return old.stream()
        .filter(before -> before.belongs().equals(found.belongs()))
        .filter(before -> preserve.copies() && before.value().isContainerNode())
        .findFirst()
        .map(before -> finding(found.place(), "differs from " + before.place()))
        .orElseGet(() -> finding(found.place(), "was not there before"));
  }

  private Finding finding(Place place, String what) {
    return new Finding(rule(), place.toString(), what);
  }
}

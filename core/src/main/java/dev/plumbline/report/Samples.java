package dev.plumbline.report;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Counts;
import dev.plumbline.audit.Violation;
import dev.plumbline.invariant.Every;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one sort of violation.
 *
 * @param sort such as {@code missing}; empty where the kind has one sort only
 * @param total how many violations of the sort there are
 * @param rows their values, in the order of the headings
 * @param key how many of the first columns are the key
 */
record Samples(
    Optional<String> sort,
    long total,
    List<String> headings,
    List<List<@Nullable String>> rows,
    int key) {
  private static final String STATE = "state";

  /** The samples of a result, sort by sort. */
  static List<Samples> of(AuditResult result) {
    ViolationView view = ViolationView.of(result.invariant(), result.columns());
    int state = result.columns().indexOf(STATE);
    Counts counts = result.counts().orElse(null);
    if (counts == null || result.samples().isEmpty()) {
      return List.of();
    }
    if (!(result.invariant() instanceof Every) || state < 0) {
      List<List<@Nullable String>> rows = new ArrayList<>();
      result.samples().forEach(violation -> rows.add(view.values(violation)));
      return List.of(
          new Samples(
              Optional.empty(), counts.violations(), view.columns(), rows, result.key().size()));
    }
    return bySort(result, counts, state);
  }

  private static List<Samples> bySort(AuditResult result, Counts counts, int state) {
    Map<String, List<List<@Nullable String>>> sorts = new LinkedHashMap<>();
    for (Violation violation : result.samples()) {
      String sort = String.valueOf(violation.values().get(state));
      sorts.computeIfAbsent(sort, s -> new ArrayList<>()).add(without(state, violation.values()));
    }
    List<String> headings = new ArrayList<>(result.columns());
    headings.remove(state);
    List<Samples> samples = new ArrayList<>();
    for (Map.Entry<String, List<List<@Nullable String>>> sort : sorts.entrySet()) {
      samples.add(
          new Samples(
              Optional.of(sort.getKey()),
              total(sort.getKey(), counts),
              headings,
              sort.getValue(),
              result.key().size()));
    }
    return samples;
  }

  private static List<@Nullable String> without(int column, List<@Nullable String> values) {
    List<@Nullable String> rest = new ArrayList<>(values);
    rest.remove(column);
    return rest;
  }

  private static long total(String sort, Counts counts) {
    return switch (sort) {
      case "missing" -> counts.missing();
      case "inactive" -> counts.inactive();
      case "ambiguous" -> counts.ambiguous();
      case "null key" -> counts.nullKeys();
      default -> counts.violations();
    };
  }

  TextTable table() {
    return new TextTable(headings, rows, Math.max(key, 1));
  }

  /** What the table leaves out, if anything. */
  Optional<String> more() {
    return total > rows.size()
        ? Optional.of("… and " + Figures.count(total - rows.size()) + " more")
        : Optional.empty();
  }
}

package dev.plumbline.project;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import dev.plumbline.invariant.Definition;
import dev.plumbline.invariant.RepairStep;
import dev.plumbline.invariant.Severity;
import dev.plumbline.invariant.Terms;
import dev.plumbline.invariant.Thresholds;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the keys that the kinds of invariant share. */
final class TermsReader {
  private static final List<String> SEVERITIES = List.of("error", "warn");
  private static final long MOST_VIOLATIONS = 1_000_000_000_000L;

  private final ProjectFile file;
  private final ScalarReader scalars;
  private final NameReader names;
  private final FragmentReader fragments;

  TermsReader(ProjectFile file) {
    this.file = file;
    this.scalars = new ScalarReader(file);
    this.names = new NameReader(file);
    this.fragments = new FragmentReader(file);
  }

  Optional<Terms> read(Fields fields) {
    Optional<String> says = text(fields, "says");
    Optional<Fragment> where = fragment(fields, "where");
    List<Name> key = names(fields, "key");
    Optional<Fragment> segment = fragment(fields, "segment");
    Optional<Fragment> recent = fragment(fields, "recent");
    Thresholds thresholds = thresholds(fields);
    List<Name> show = names(fields, "show");
    Severity severity = severity(fields);
    Optional<String> owner = text(fields, "owner");
    Optional<String> schedule = text(fields, "schedule");
    Optional<String> alert = text(fields, "alert");
    Optional<Integer> batch =
        fields
            .find("batch")
            .flatMap(node -> scalars.wholeNumber("batch", node, 1, RunSettings.LARGEST_BATCH))
            .map(Math::toIntExact);
    Optional<String> revision =
        fields.find("revision").flatMap(node -> scalars.label("revision", node));
    boolean autoRepair =
        fields.find("auto_repair").flatMap(node -> scalars.bool("auto_repair", node)).orElse(false);
    List<RepairStep> repair =
        fields.find("repair").map(node -> new RepairReader(file).steps(node)).orElse(List.of());
    if (file.hasProblems()) {
      return Optional.empty();
    }
    return Optional.of(
        new Terms(
            InvariantReader.name(file.path()),
            says,
            where,
            key,
            segment,
            recent,
            thresholds,
            show,
            severity,
            owner,
            schedule,
            alert,
            batch,
            revision,
            autoRepair,
            repair,
            new Definition(file.path(), file.text())));
  }

  private Optional<String> text(Fields fields, String key) {
    return fields.find(key).flatMap(node -> scalars.text(key, node));
  }

  private Optional<Fragment> fragment(Fields fields, String key) {
    return fields.find(key).flatMap(node -> fragments.read(key, node));
  }

  private List<Name> names(Fields fields, String key) {
    return fields.find(key).flatMap(node -> names.names(key, node)).orElse(List.of());
  }

  private Severity severity(Fields fields) {
    return fields
        .find("severity")
        .flatMap(node -> scalars.choice("severity", node, SEVERITIES))
        .map(word -> Severity.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(Severity.ERROR);
  }

  private Thresholds thresholds(Fields fields) {
    if (fields.has("tolerate") && fields.has("coverage")) {
      file.problem(
          fields.position("coverage"),
          "`tolerate` and `coverage` exclude each other",
          "coverage",
          "Keep the one by which the invariant is judged.");
    }
    return fields
        .find("tolerate")
        .flatMap(this::tolerate)
        .or(() -> fields.find("coverage").flatMap(this::coverage))
        .orElseGet(Thresholds.Strict::new);
  }

  private Optional<Thresholds> tolerate(YamlNode node) {
    Optional<Fields> limits = Fields.of(file, node, "`tolerate`", InvariantKeys.TOLERATE);
    if (limits.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> warn = limit(limits.get(), "warn", "warn: 0");
    Optional<Long> fail = limit(limits.get(), "fail", "fail: 10");
    if (warn.isEmpty() || fail.isEmpty()) {
      return Optional.empty();
    }
    if (fail.get() < warn.get()) {
      file.problem(
          limits.get().position("fail"),
          "`fail` is less than `warn`",
          "fail: " + fail.get(),
          "Up to `warn` violations pass, up to `fail` warn: write a `fail` of "
              + warn.get()
              + " or more.");
      return Optional.empty();
    }
    return Optional.of(new Thresholds.Tolerate(warn.get(), fail.get()));
  }

  private Optional<Long> limit(Fields limits, String key, String example) {
    return limits
        .require(key, example)
        .flatMap(node -> scalars.wholeNumber(key, node, 0, MOST_VIOLATIONS));
  }

  private Optional<Thresholds> coverage(YamlNode node) {
    Optional<BigDecimal> warn =
        Fields.of(file, node, "`coverage`", InvariantKeys.COVERAGE)
            .flatMap(fields -> fields.require("warn", "warn: 99.0"))
            .flatMap(limit -> scalars.percentage("warn", limit));
    return warn.map(Thresholds.Coverage::new);
  }
}

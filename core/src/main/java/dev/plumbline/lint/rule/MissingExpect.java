package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.project.Directive;
import java.util.List;

/** A backfill for which nobody has said how many rows it should change. */
final class MissingExpect implements Rule {
  @Override
  public String name() {
    return "missing-expect";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A `backfill` step without an `expect` of the same invariant.";
  }

  @Override
  public String harm() {
    return "If far more or far fewer rows are wrong than its author believed, the migration changes them all the same.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    List<String> expected = file.directives("expect").stream().map(Directive::argument).toList();
    return file.directives("backfill").stream()
        .filter(backfill -> expected.stream().noneMatch(e -> e.endsWith(" " + backfill.argument())))
        .map(backfill -> finding(file, backfill))
        .toList();
  }

  private Finding finding(LintFile file, Directive backfill) {
    return finding(
            file,
            backfill.start(),
            "nobody says how many rows the backfill of `" + backfill.argument() + "` will change")
        .instead(
            "-- plumb:expect N rows violate "
                + backfill.argument()
                + "\n-- N is what `plumb audit "
                + backfill.argument()
                + "` counts; also 600..650, or ~600");
  }
}

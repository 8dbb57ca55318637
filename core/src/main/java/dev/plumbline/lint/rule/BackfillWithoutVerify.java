package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.project.Directive;
import java.util.List;

/** A backfill step whose invariant no verify step names. */
final class BackfillWithoutVerify implements Rule {
  @Override
  public String name() {
    return "backfill-without-verify";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A `backfill` step without a `verify` of the same invariant.";
  }

  @Override
  public String harm() {
    return "Rows that the backfill missed, or that appeared while it ran, stay unseen, and the steps after it build on them.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    List<String> verified = file.directives("verify").stream().map(Directive::argument).toList();
    return file.directives("backfill").stream()
        .filter(backfill -> !verified.contains(backfill.argument()))
        .map(
            backfill ->
                finding(
                        file,
                        backfill.start(),
                        "nothing proves the backfill of `" + backfill.argument() + "` afterwards")
                    .instead(
                        "-- plumb:backfill "
                            + backfill.argument()
                            + "\n-- plumb:verify "
                            + backfill.argument()))
        .toList();
  }
}

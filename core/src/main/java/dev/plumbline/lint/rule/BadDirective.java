package dev.plumbline.lint.rule;

import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.error.Suggestion;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.project.Directive;
import dev.plumbline.project.MigrationReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A directive that Plumbline does not understand, or one out of its place. */
final class BadDirective implements Rule {
  @Override
  public String name() {
    return "bad-directive";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A `-- plumb:` directive that is unknown, malformed or out of order.";
  }

  @Override
  public String harm() {
    return "`plumb migrate` refuses the file.";
  }

  /** Which version a file has, and whether it has one, is not the question here. */
  private static final Path ANY_NAME = Path.of("1_any.sql");

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    if (file.directives().isEmpty() || !file.errors().isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    try {
      MigrationReader.read(ANY_NAME, file.text());
    } catch (ProjectException e) {
      e.problems().stream()
          .filter(problem -> !isOfWaiver(file, problem))
          .forEach(problem -> findings.add(finding(file, problem)));
    }
    unknown(file, around).forEach(findings::add);
    return findings;
  }

  /** What is wrong with an {@code allow} has a rule of its own. */
  private static boolean isOfWaiver(LintFile file, Problem problem) {
    int offset = offset(file, problem.position());
    return file.directives("allow").stream().anyMatch(allow -> allow.start() == offset);
  }

  private Finding finding(LintFile file, Problem problem) {
    Finding finding = finding(file, offset(file, problem.position()), problem.what());
    return problem.suggestion().map(hint -> finding.instead("-- " + hint)).orElse(finding);
  }

  private static int offset(LintFile file, Position position) {
    int offset = 0;
    for (int line = 1; line < position.line(); line++) {
      offset = file.text().indexOf('\n', offset) + 1;
    }
    return offset + position.column() - 1;
  }

  /** Invariants that the project does not have; without a project nobody can tell. */
  private Stream<Finding> unknown(LintFile file, Surroundings around) {
    List<String> known = around.invariants().stream().map(Invariant::name).toList();
    if (known.isEmpty()) {
      return Stream.empty();
    }
    return file.directives().stream()
        .filter(directive -> List.of("expect", "backfill", "verify").contains(directive.word()))
        .filter(directive -> !known.contains(invariant(directive)))
        .map(
            directive ->
                finding(
                        file,
                        directive.start(),
                        "there is no invariant `" + invariant(directive) + "`")
                    .instead("-- " + Suggestion.sentence(invariant(directive), known)));
  }

  private static String invariant(Directive directive) {
    return directive.argument().substring(directive.argument().lastIndexOf(' ') + 1);
  }
}

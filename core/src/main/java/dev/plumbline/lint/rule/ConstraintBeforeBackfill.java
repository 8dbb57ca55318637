package dev.plumbline.lint.rule;

import dev.plumbline.layout.Section;
import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.LintStatement;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A constraint that is made before the rows that it binds are filled in and proven. A table that
 * the file itself makes is empty, and any constraint holds there.
 */
final class ConstraintBeforeBackfill implements Rule {
  @Override
  public String name() {
    return "constraint-before-backfill";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "`NOT NULL`, `CHECK`, `UNIQUE` or `FOREIGN KEY` before the backfill or the verify that"
        + " would make it true.";
  }

  @Override
  public String harm() {
    return "On live data the statement fails on the first row that is not filled in yet, or it"
        + " passes by luck on a test database.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    List<Finding> findings = new ArrayList<>();
    for (LintStatement statement : file.forward()) {
      for (Change change : statement.changes()) {
        Demand.of(change)
            .filter(demand -> !around.timeline().isNew(file, demand.table(), change.offset()))
            .flatMap(
                demand ->
                    file.hasSteps()
                        ? amongSteps(file, around, statement, demand)
                        : amongStatements(file, demand))
            .ifPresent(findings::add);
      }
    }
    return findings;
  }

  private Optional<Finding> amongSteps(
      LintFile file, Surroundings around, LintStatement statement, Demand demand) {
    if (statement.section() == Section.SCHEMA && Backfills.of(file, around).fill(demand.table())) {
      return Optional.of(
          finding(
                  file,
                  demand.change(),
                  demand + " is made in the schema step, before the backfill")
              .instead(constrainStep(file, "", statement)));
    }
    if (statement.section() == Section.CONSTRAIN && file.directives("verify").isEmpty()) {
      String invariant =
          file.directives("backfill").stream()
              .findFirst()
              .map(directive -> directive.argument())
              .orElse("INVARIANT");
      return Optional.of(
          finding(
                  file,
                  demand.change(),
                  demand + " is made without a verify: nothing has shown that the rows meet it")
              .instead(constrainStep(file, invariant, statement)));
    }
    return Optional.empty();
  }

  private static String constrainStep(LintFile file, String verify, LintStatement statement) {
    List<String> steps = new ArrayList<>();
    file.directives("backfill").forEach(d -> steps.add("-- plumb:backfill " + d.argument()));
    file.directives("verify").forEach(d -> steps.add("-- plumb:verify " + d.argument()));
    if (!verify.isEmpty()) {
      steps.add("-- plumb:verify " + verify);
    }
    steps.add("-- plumb:constrain");
    steps.add(statement.statement().text() + ";");
    return String.join("\n", steps);
  }

  private Optional<Finding> amongStatements(LintFile file, Demand demand) {
    return file.changes(RowsWritten.class)
        .filter(written -> written.offset() > demand.change().offset())
        .filter(written -> fills(written, demand))
        .findFirst()
        .map(
            written ->
                finding(
                        file,
                        demand.change(),
                        demand
                            + " is made before line "
                            + file.position(written.offset()).line()
                            + " fills in the rows")
                    .instead(
                        file.sqlAt(written.offset())
                            + ";\n"
                            + file.sqlAt(demand.change().offset())
                            + ";"));
  }

  private static boolean fills(RowsWritten written, Demand demand) {
    return switch (written.writing()) {
      case UPDATE, MERGE ->
          written.table().same(demand.table())
              && written.columns().stream().anyMatch(demand.columns()::contains);
      case DELETE -> written.table().same(demand.table()) && demand.isUnique();
      case INSERT, COPY, TRUNCATE -> false;
    };
  }
}

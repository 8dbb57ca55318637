package dev.plumbline.repair;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.ExistAudit;
import dev.plumbline.audit.ExistAudit.ObjectState;
import dev.plumbline.audit.ExistAudit.State;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.invariant.Exist;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.repair.RepairPlan.PlannedStep;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.IndexDefinition;
import java.util.ArrayList;
import java.util.List;

/** Plans the repair of {@code exist}: what is missing is made, what is different is left alone. */
final class ExistPlanner {
  private ExistPlanner() {}

  /**
   * The part of an invariant that a scope is about: its keys are names of objects.
   *
   * @throws PlumblineException 64 if the scope is of rows, or names an object that is not listed
   */
  static Exist narrowed(Exist exist, Scope scope) {
    if (scope.where().isPresent() || scope.limit().isPresent()) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          exist.name() + " is about schema objects: --where and --limit have no meaning for it.",
          "Nothing was changed.",
          "Choose objects by their names with --key, or leave the flags out.");
    }
    if (scope.keys().isEmpty()) {
      return exist;
    }
    List<Fragment> chosen = new ArrayList<>();
    scope
        .keys()
        .forEach(
            key ->
                chosen.add(
                    exist.objects().stream()
                        .filter(o -> named(o, key.toString()))
                        .findFirst()
                        .orElseThrow(() -> unlisted(exist, key.toString()))));
    return new Exist(exist.terms(), chosen);
  }

  private static boolean named(Fragment statement, String name) {
    return IndexDefinition.parse(statement.text()).map(i -> i.name().equals(name)).orElse(false);
  }

  private static PlumblineException unlisted(Exist exist, String name) {
    return new PlumblineException(
        ErrorCode.USAGE,
        exist.name() + " lists no object named " + name + ".",
        "Nothing was changed.",
        "Give --key the name of an index as the invariant's file writes it.");
  }

  /**
   * @param part what of the invariant is in scope
   * @param before the audit of that part
   */
  static RepairPlan plan(
      Exist exist, Exist part, RepairOptions options, AuditResult before, Catalog catalog) {
    List<PlannedStep> steps = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (ObjectState object : new ExistAudit(catalog).states(part)) {
      String name = object.wanted().name();
      switch (object.state()) {
        case PRESENT -> {}
        case MISSING -> steps.add(step(object, List.of()));
        case INVALID -> {
          notes.add(
              name
                  + " is invalid, left behind by a failed build: it is dropped and built anew. A"
                  + " rollback drops the new one, and does not bring the invalid one back.");
          steps.add(step(object, List.of("DROP INDEX " + name)));
        }
        case DIFFERENT ->
            notes.add(
                name
                    + " is there, but it is another one; it is left as it is: "
                    + object.found().map(Index::definition).orElse(""));
      }
    }
    long violations = before.counts().orElseThrow().violations();
    return new RepairPlan(
        exist,
        options,
        before,
        Strategy.WORKLIST,
        "each missing object is made on its own",
        violations,
        violations - steps.size(),
        steps,
        List.of(),
        notes);
  }

  private static PlannedStep step(ObjectState object, List<String> first) {
    List<String> statements = new ArrayList<>(first);
    statements.add(object.statement().text());
    return new PlannedStep(
        Change.CREATE, object.wanted().table(), object.statement().text(), statements, 1);
  }

  /** Whether it is for a run to make the object. */
  static boolean toMake(State state) {
    return switch (state) {
      case MISSING, INVALID -> true;
      case PRESENT, DIFFERENT -> false;
    };
  }
}

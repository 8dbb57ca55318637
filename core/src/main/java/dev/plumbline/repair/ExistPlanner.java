package dev.plumbline.repair;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.invariant.Exist;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.object.ObjectLook;
import dev.plumbline.object.ObjectState;
import dev.plumbline.object.ObjectState.ClaimState;
import dev.plumbline.object.ObjectState.IndexState;
import dev.plumbline.object.Remedy;
import dev.plumbline.object.State;
import dev.plumbline.object.Wanted;
import dev.plumbline.object.Wanted.ClaimWanted.Sort;
import dev.plumbline.object.WantedReader;
import dev.plumbline.repair.RepairPlan.PlannedStep;
import java.util.ArrayList;
import java.util.List;

/** Plans the repair of {@code exist}: what is missing is made, what is different is left alone. */
final class ExistPlanner {
  private final Dialect dialect;
  private final List<PlannedStep> steps = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private ExistPlanner(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * The part of an invariant that a scope is about: its keys are names of objects.
   *
   * @throws PlumblineException 64 if the scope is of rows, or names an object that is not listed
   */
  static Exist narrowed(Dialect dialect, Exist exist, Scope scope) {
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
    List<Wanted> listed = WantedReader.read(dialect, exist.objects());
    List<Fragment> chosen = new ArrayList<>();
    for (var key : scope.keys()) {
      List<Fragment> named =
          listed.stream()
              .filter(wanted -> wanted.name().equals(key.toString()))
              .map(Wanted::statement)
              .toList();
      if (named.isEmpty()) {
        throw unlisted(exist, key.toString());
      }
      chosen.addAll(named);
    }
    return new Exist(exist.terms(), chosen);
  }

  private static PlumblineException unlisted(Exist exist, String name) {
    return new PlumblineException(
        ErrorCode.USAGE,
        exist.name() + " lists no object named " + name + ".",
        "Nothing was changed.",
        "Give --key the name of an object as an audit lists it: plumb audit " + exist.name());
  }

  /**
   * @param part what of the invariant is in scope
   * @param before the audit of that part
   */
  static RepairPlan plan(
      Session session, Exist exist, Exist part, RepairOptions options, AuditResult before) {
    ExistPlanner planner = new ExistPlanner(session.dialect());
    new ObjectLook(session)
        .of(WantedReader.read(session.dialect(), part.objects()))
        .forEach(planner::add);
    long violations = before.counts().orElseThrow().violations();
    return new RepairPlan(
        exist,
        options,
        before,
        Strategy.WORKLIST,
        "each missing object is made on its own",
        violations,
        violations - planner.steps.size(),
        planner.steps,
        List.of(),
        planner.notes);
  }

  private void add(ObjectState object) {
    if (object.toMake()) {
      steps.add(
          switch (object) {
            case IndexState index -> index(index);
            case ClaimState claims -> statement(claims);
          });
    } else if (object.state() != State.PRESENT) {
      notes.add(
          object.wanted().name()
              + " is there, but it is another one; it is left as it is: "
              + object.found().orElse(""));
    }
  }

  private PlannedStep index(IndexState index) {
    String name = index.wanted().name();
    List<String> statements = new ArrayList<>();
    if (index.state() == State.INVALID) {
      notes.add(
          name
              + " is invalid, left behind by a failed build: it is dropped and built anew. A"
              + " rollback drops the new one, and does not bring the invalid one back.");
      statements.add("DROP INDEX " + name);
    }
    statements.add(index.wanted().statement().text());
    return new PlannedStep(
        Change.CREATE,
        index.wanted().on(),
        index.wanted().statement().text(),
        statements,
        1,
        index.wanted().kind());
  }

  private PlannedStep statement(ClaimState object) {
    notes.addAll(object.wanted().notes());
    if (!object.wanted().irrevocable().isEmpty()) {
      notes.add(
          "A rollback cannot take back what is done to "
              + object.wanted().name()
              + ": "
              + object.wanted().irrevocable()
              + ".");
    }
    if (object.state() == State.DIFFERENT) {
      notes.add(object.wanted().name() + " as it is now: " + object.found().orElse(""));
    }
    return new PlannedStep(
        change(object),
        object.wanted().on(),
        object.wanted().statement().text(),
        Remedy.statements(dialect, object).stream().map(Sql::toString).toList(),
        1,
        object.wanted().kind());
  }

  private static Change change(ClaimState object) {
    if (object.state() == State.STILL_THERE) {
      return Change.DROP;
    }
    boolean made = object.state() == State.MISSING && object.wanted().sort() == Sort.CREATE;
    return switch (object.wanted().sort()) {
      case CREATE -> made ? Change.CREATE : Change.ALTER;
      case ALTER, RENAME -> Change.ALTER;
      case DROP -> Change.DROP;
    };
  }
}

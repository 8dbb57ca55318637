package dev.plumbline.rollback;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.rollback.ObjectRestore.Judged;
import dev.plumbline.rollback.RollbackPlan.Cell;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import dev.plumbline.rollback.RollbackPlan.PlannedStep;
import dev.plumbline.rollback.RollbackPlan.Sample;
import dev.plumbline.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans the rollback of a run that made or dropped schema objects. */
final class ObjectsPlanner {
  private ObjectsPlanner() {}

  static RollbackPlan plan(Session session, Target target, RollbackOptions options) {
    List<PlannedStep> steps = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (ObjectRestore object : target.objects().reversed()) {
      Judged judged = object.judge(session);
      steps.add(step(object, judged.outcome()));
      if (judged.outcome() == Outcome.CONFLICT) {
        samples.add(conflict(session, object, judged.why()));
      }
    }
    boolean idle = steps.stream().allMatch(s -> s.restored() == 0);
    return new RollbackPlan(
        target.run(),
        options,
        steps,
        samples,
        idle ? List.of("There is nothing to restore.") : List.of());
  }

  private static PlannedStep step(ObjectRestore object, Outcome outcome) {
    return new PlannedStep(
        object.images().step(),
        object.change(),
        table(object),
        summary(object),
        statements(object),
        outcome == Outcome.RESTORED ? 1 : 0,
        outcome == Outcome.ALREADY ? 1 : 0,
        outcome == Outcome.CONFLICT ? 1 : 0,
        0,
        object.images().objectKind());
  }

  private static List<String> statements(ObjectRestore object) {
    return object.statements().stream().map(Sql::toString).toList();
  }

  private static String summary(ObjectRestore object) {
    List<String> statements = statements(object);
    return statements.isEmpty() ? "keep " + object.name() : String.join("; ", statements);
  }

  private static String table(ObjectRestore object) {
    return TableName.readings(object.images().changed()).getFirst().getLast();
  }

  private static Sample conflict(Session session, ObjectRestore object, String why) {
    Key key = object.images().objectKey();
    return new Sample(
        object.images().step(),
        object.change(),
        table(object),
        key.toString(),
        Outcome.CONFLICT,
        key + ": " + why,
        cells(object.left(), object.now(session)));
  }

  /** Where it was changed; what is kept for another reason is as the run left it. */
  private static List<Cell> cells(String left, Optional<String> now) {
    return left.isEmpty() || now.isEmpty() || left.equals(now.get())
        ? List.of()
        : List.of(
            new Cell("definition", Outcome.CONFLICT, Optional.empty(), Optional.of(left), now));
  }
}

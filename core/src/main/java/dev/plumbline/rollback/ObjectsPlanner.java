package dev.plumbline.rollback;

import dev.plumbline.dialect.Key;
import dev.plumbline.rollback.RollbackPlan.Cell;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import dev.plumbline.rollback.RollbackPlan.PlannedStep;
import dev.plumbline.rollback.RollbackPlan.Sample;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans the rollback of a run that made or dropped schema objects. */
final class ObjectsPlanner {
  private ObjectsPlanner() {}

  static RollbackPlan plan(Target target, RollbackOptions options, Catalog catalog) {
    List<PlannedStep> steps = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (ObjectRestore object : target.objects().reversed()) {
      Optional<Index> found = object.find(catalog);
      Outcome outcome = object.outcome(found);
      steps.add(step(object, outcome));
      if (outcome == Outcome.CONFLICT) {
        samples.add(conflict(object, found));
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
        object.statement().toString(),
        List.of(object.statement().toString()),
        outcome == Outcome.RESTORED ? 1 : 0,
        outcome == Outcome.ALREADY ? 1 : 0,
        outcome == Outcome.CONFLICT ? 1 : 0,
        0);
  }

  private static String table(ObjectRestore object) {
    return TableName.readings(object.images().changed()).getFirst().getLast();
  }

  private static Sample conflict(ObjectRestore object, Optional<Index> found) {
    Key key = object.images().objectKey();
    return new Sample(
        object.images().step(),
        object.change(),
        table(object),
        key.toString(),
        Outcome.CONFLICT,
        key + ": changed since",
        List.of(
            new Cell(
                "definition",
                Outcome.CONFLICT,
                Optional.empty(),
                Optional.of(object.images().definition()),
                found.map(Index::definition))));
  }
}

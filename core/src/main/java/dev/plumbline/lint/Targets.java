package dev.plumbline.lint;

import dev.plumbline.dialect.Name;
import dev.plumbline.invariant.Agree;
import dev.plumbline.invariant.Derive;
import dev.plumbline.invariant.Every;
import dev.plumbline.invariant.Exist;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.invariant.None;
import dev.plumbline.invariant.RepairStep;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table and its columns that the repair of an invariant writes.
 *
 * @param columns empty where they are not named
 */
public record Targets(Relation table, List<String> columns) {
  public Targets {
    columns = List.copyOf(columns);
  }

  /** What the repair of an invariant writes. */
  public static List<Targets> of(Invariant invariant) {
    return switch (invariant) {
      case Derive derive -> List.of(target(derive.table(), derive.columns().keySet()));
      case Every every ->
          List.of(
              target(
                  every.has(),
                  Stream.of(every.match().values(), every.with().keySet(), every.insert().keySet())
                      .flatMap(Collection::stream)
                      .toList()));
      case None none -> steps(none);
      case Agree agree -> steps(agree);
      case Exist exist -> List.of();
    };
  }

  private static List<Targets> steps(Invariant invariant) {
    return invariant.terms().repair().stream().map(Targets::step).toList();
  }

  private static Targets step(RepairStep step) {
    return switch (step) {
      case RepairStep.InsertRows insert -> target(insert.table(), insert.columns());
      case RepairStep.UpdateRows update -> target(update.table(), update.set().keySet());
      case RepairStep.DeleteRows delete -> target(delete.table(), List.of());
    };
  }

  private static Targets target(Name table, Collection<Name> columns) {
    return new Targets(
        Relation.written(table.text()),
        columns.stream().map(column -> Relation.written(column.text()).name()).toList());
  }
}

package dev.plumbline.lint.rule;

import dev.plumbline.lint.Body;
import dev.plumbline.lint.Body.Manner;
import dev.plumbline.lint.Body.Write;
import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.FunctionMade;
import dev.plumbline.lint.Change.TriggerMade;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Maintained;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.lint.Timeline;
import dev.plumbline.lint.Timeline.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A trigger function that a file puts to work, or changes while it works.
 *
 * @param at the statement that does so: the function's, or the trigger's
 * @param previous the function as an earlier file made it
 * @param triggers those known to call it; none where they must be in the database already
 */
record Upkeep(
    Change at,
    FunctionMade function,
    Body body,
    Optional<FunctionMade> previous,
    List<TriggerMade> triggers) {

  /** A column that the function keeps, of rows that were there before. */
  record Kept(Relation table, Write write) {}

  /** All that a file puts to work. */
  static List<Upkeep> in(LintFile file, Surroundings around) {
    List<Upkeep> found = new ArrayList<>();
    List<FunctionMade> changed = new ArrayList<>();
    file.changes(FunctionMade.class)
        .filter(FunctionMade::ofTrigger)
        .forEach(
            function ->
                changed(file, around, function)
                    .ifPresent(
                        upkeep -> {
                          found.add(upkeep);
                          changed.add(function);
                        }));
    file.changes(TriggerMade.class)
        .filter(trigger -> changed.stream().noneMatch(f -> f.function().same(trigger.function())))
        .forEach(trigger -> attached(file, around, trigger).ifPresent(found::add));
    return found;
  }

  private static Optional<Upkeep> changed(
      LintFile file, Surroundings around, FunctionMade function) {
    Optional<FunctionMade> previous = before(file, around, function.function(), function.offset());
    boolean same =
        previous.isPresent()
            && previous.get().body().map(Body::shape).equals(function.body().map(Body::shape));
    List<Event> known = around.timeline().triggersOf(function.function()).toList();
    List<TriggerMade> working =
        known.stream()
            .filter(event -> event.file() <= file.number())
            .map(event -> (TriggerMade) event.change())
            .toList();
    boolean mustBeThere = function.replaces() && known.isEmpty();
    return same || function.body().isEmpty() || (working.isEmpty() && !mustBeThere)
        ? Optional.empty()
        : Optional.of(new Upkeep(function, function, function.body().get(), previous, working));
  }

  /** A trigger on a function that is as it was; the same trigger made again is nothing new. */
  private static Optional<Upkeep> attached(
      LintFile file, Surroundings around, TriggerMade trigger) {
    Timeline timeline = around.timeline();
    boolean again =
        timeline
            .before(TriggerMade.class, trigger.table(), file, trigger.offset())
            .anyMatch(
                t -> t.name().equals(trigger.name()) && t.function().same(trigger.function()));
    Optional<FunctionMade> function = before(file, around, trigger.function(), trigger.offset());
    return again
        ? Optional.empty()
        : function.flatMap(
            f -> f.body().map(b -> new Upkeep(trigger, f, b, Optional.empty(), List.of(trigger))));
  }

  private static Optional<FunctionMade> before(
      LintFile file, Surroundings around, Relation function, int offset) {
    return around
        .timeline()
        .functions(function)
        .filter(event -> event.isBefore(file.number(), offset))
        .map(event -> (FunctionMade) event.change())
        .reduce((first, last) -> last);
  }

  /**
   * The columns that it keeps, as far as rows can be there that it has not seen: neither the table
   * that is written nor the one that the trigger watches is made by the file.
   */
  List<Kept> kept(LintFile file, Surroundings around) {
    boolean watchesNewTables =
        !triggers.isEmpty()
            && triggers.stream()
                .allMatch(t -> around.timeline().isNew(file, t.table(), t.offset()));
    return watchesNewTables
        ? List.of()
        : Maintained.by(body).stream()
            .flatMap(this::placed)
            .filter(kept -> !around.timeline().isNew(file, kept.table(), at.offset()))
            .filter(kept -> !isEmpty(around, kept.table()))
            .toList();
  }

  private static boolean isEmpty(Surroundings around, Relation table) {
    return around.live().map(live -> live.rows(table).orElse(1) == 0).orElse(false);
  }

  /** With the table that it is in; for {@code NEW} that is the trigger's, if it is known. */
  private Stream<Kept> placed(Write write) {
    if (write.manner() != Manner.NEW_ROW) {
      return write.table().stream().map(table -> new Kept(table, write));
    }
    return triggers.stream()
        .filter(TriggerMade::before)
        .map(trigger -> new Kept(trigger.table(), write));
  }
}

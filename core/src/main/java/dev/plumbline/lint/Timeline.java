package dev.plumbline.lint;

import dev.plumbline.lint.Change.Called;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Change.FunctionMade;
import dev.plumbline.lint.Change.IndexMade;
import dev.plumbline.lint.Change.ObjectMade;
import dev.plumbline.lint.Change.OfTable;
import dev.plumbline.lint.Change.TableMade;
import dev.plumbline.lint.Change.TriggerMade;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What all files of a run do, in the order in which they are applied; undo sections are no part of
 * it. Immutable.
 */
public final class Timeline {
  private final Map<String, List<Event>> ofTables = new LinkedHashMap<>();
  private final Map<String, List<Event>> ofFunctions = new LinkedHashMap<>();
  private final Map<String, List<Event>> ofObjects = new LinkedHashMap<>();
  private final List<Event> calls = new ArrayList<>();
  private final List<LintFile> withBackfills;
  private final Map<String, List<Event>> ofTriggers = new LinkedHashMap<>();

  /** A change and when it happens. */
  public record Event(int file, Change change) {
    /** Whether it happens before a place in the run. */
    public boolean isBefore(int otherFile, int offset) {
      return file < otherFile || (file == otherFile && change.offset() < offset);
    }
  }

  private final Set<Integer> together;

  /**
   * @param together the files that are new since the ones before went out; empty if that is not
   *     known
   */
  Timeline(Collection<LintFile> files, Set<Integer> together) {
    this.together = Set.copyOf(together);
    withBackfills = files.stream().filter(f -> !f.directives("backfill").isEmpty()).toList();
    for (LintFile file : files) {
      for (LintStatement statement : file.forward()) {
        statement.changes().forEach(change -> add(new Event(file.number(), change)));
      }
    }
  }

  private void add(Event event) {
    switch (event.change()) {
      case OfTable change -> {
        in(ofTables, change.table(), event);
        switch (change) {
          case TableMade made -> in(ofObjects, made.table(), event);
          case IndexMade made -> in(ofObjects, new Relation("", made.name()), event);
          case TriggerMade made -> {
            in(ofTriggers, made.function(), event);
            in(ofObjects, new Relation("", made.name()), event);
          }
          default -> {}
        }
      }
      case FunctionMade change -> {
        in(ofFunctions, change.function(), event);
        in(ofObjects, change.function(), event);
      }
      case Dropped change -> in(ofObjects, change.object(), event);
      case ObjectMade change -> in(ofObjects, change.object(), event);
      case Called change -> calls.add(event);
      case Change.Transaction change -> {}
      case Change.SettingSet change -> {}
      case Change.Other change -> {}
    }
  }

  private static void in(Map<String, List<Event>> events, Relation name, Event event) {
    events.computeIfAbsent(name.name(), any -> new ArrayList<>()).add(event);
  }

  /** All that happens to a table or its rows, of one sort. */
  public <C extends OfTable> Stream<C> all(Class<C> sort, Relation table) {
    return events(sort, table).map(event -> sort.cast(event.change()));
  }

  /** What happened to a table before a place in the run. */
  public <C extends OfTable> Stream<C> before(
      Class<C> sort, Relation table, LintFile file, int offset) {
    return events(sort, table)
        .filter(event -> event.isBefore(file.number(), offset))
        .map(event -> sort.cast(event.change()));
  }

  /** What happens to a table after a place in the run. */
  public <C extends OfTable> Stream<C> after(
      Class<C> sort, Relation table, LintFile file, int offset) {
    return events(sort, table)
        .filter(event -> !event.isBefore(file.number(), offset + 1))
        .map(event -> sort.cast(event.change()));
  }

  private <C extends OfTable> Stream<Event> events(Class<C> sort, Relation table) {
    return ofTables.getOrDefault(table.name(), List.of()).stream()
        .filter(event -> sort.isInstance(event.change()))
        .filter(event -> sort.cast(event.change()).table().same(table));
  }

  /** What happens to a table from a file on, that file included. */
  public <C extends OfTable> Stream<C> from(Class<C> sort, Relation table, LintFile file) {
    return events(sort, table)
        .filter(event -> event.file() >= file.number())
        .map(event -> sort.cast(event.change()));
  }

  /** The functions that files call themselves, from a file on. */
  public Stream<Called> callsFrom(LintFile file) {
    return calls.stream()
        .filter(event -> event.file() >= file.number())
        .map(event -> (Called) event.change());
  }

  /** The files that have a backfill step, from a file on. */
  public Stream<LintFile> backfillsFrom(LintFile file) {
    return withBackfills.stream().filter(other -> other.number() >= file.number());
  }

  /** All functions that the run makes. */
  public Stream<FunctionMade> functions() {
    return ofFunctions.values().stream()
        .flatMap(List::stream)
        .map(event -> (FunctionMade) event.change());
  }

  /** The definitions of a function, in order. */
  public Stream<Event> functions(Relation function) {
    return ofFunctions.getOrDefault(function.name(), List.of()).stream()
        .filter(
            event -> event.change() instanceof FunctionMade made && made.function().same(function));
  }

  /** The triggers that call a function, in the order in which they are made. */
  public Stream<Event> triggersOf(Relation function) {
    return ofTriggers.getOrDefault(function.name(), List.of()).stream()
        .filter(
            event -> event.change() instanceof TriggerMade made && made.function().same(function));
  }

  /** Whether an object of that name was made before a place in the run, and not dropped since. */
  public boolean isThere(Relation object, LintFile file, int offset) {
    return ofObjects.getOrDefault(object.name(), List.of()).stream()
        .filter(event -> event.isBefore(file.number(), offset))
        .reduce((first, last) -> last)
        .filter(event -> !(event.change() instanceof Dropped))
        .isPresent();
  }

  /**
   * Whether a table was given such a constraint before a place in the run. Of those without a name
   * the database has made one from the table's.
   */
  public boolean hasConstraint(Relation table, String name, LintFile file, int offset) {
    Stream<Constraint> named =
        Stream.concat(
            before(TableMade.class, table, file, offset)
                .flatMap(made -> made.constraints().stream()),
            before(ConstraintAdded.class, table, file, offset).map(ConstraintAdded::constraint));
    return named.anyMatch(
        constraint ->
            constraint.name().equals(name)
                || (constraint.name().isEmpty() && name.startsWith(table.name() + "_")));
  }

  /**
   * Whether a table is made by the file itself before an offset, and so holds no rows but those
   * that the file writes. What would block or break on a live table is harmless there.
   */
  public boolean isNew(LintFile file, Relation table, int offset) {
    return events(TableMade.class, table)
        .anyMatch(
            event ->
                event.file() == file.number()
                    && event.change().offset() < offset
                    && event.change() instanceof TableMade made
                    && !made.filled());
  }

  /**
   * Whether nobody but this change can know a table yet: the file makes it before an offset, or an
   * earlier file that goes out together with this one does, and nothing fills it in between. Its
   * locks hinder nobody.
   */
  public boolean isUnknown(LintFile file, Relation table, int offset) {
    return events(TableMade.class, table)
        .filter(event -> event.isBefore(file.number(), offset))
        .anyMatch(event -> event.file() == file.number() || isEmptyYet(event, file, table, offset));
  }

  private boolean isEmptyYet(Event made, LintFile file, Relation table, int offset) {
    return together.contains(made.file())
        && together.contains(file.number())
        && made.change() instanceof TableMade first
        && !first.filled()
        && before(Change.RowsWritten.class, table, file, offset).findAny().isEmpty();
  }

  /** The column as the run defines it, if it does so before a place. */
  public Optional<ColumnDefinition> column(
      Relation table, String column, LintFile file, int offset) {
    return Stream.concat(
            before(TableMade.class, table, file, offset).flatMap(made -> made.columns().stream()),
            before(ColumnAdded.class, table, file, offset).map(ColumnAdded::column))
        .filter(definition -> definition.name().equals(column))
        .reduce((first, last) -> last);
  }
}

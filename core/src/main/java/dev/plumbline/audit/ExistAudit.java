package dev.plumbline.audit;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.invariant.Exist;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.IndexDefinition;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The audit of {@code exist}: compares statements with the live catalogue. */
public final class ExistAudit {
  private static final List<String> COLUMNS = List.of("object", "state", "found");

  private final Catalog catalog;

  public ExistAudit(Catalog catalog) {
    this.catalog = catalog;
  }

  /** How an object stands. */
  public enum State {
    PRESENT,
    MISSING,
    /** Something of that name is there, but it is not what the statement makes. */
    DIFFERENT,
    /** A failed build left it behind. */
    INVALID
  }

  /**
   * One object of the invariant.
   *
   * @param table the table that the statement names; an index lies in its schema
   * @param found the definition of what is there under that name, if anything is
   */
  public record ObjectState(
      Fragment statement,
      IndexDefinition wanted,
      Table table,
      State state,
      Optional<Index> found) {}

  /**
   * Compares each statement.
   *
   * @throws ProjectException if a statement makes something else than an index, or names no table
   */
  public List<ObjectState> states(Exist exist) {
    List<Problem> problems = new ArrayList<>();
    List<ObjectState> states = new ArrayList<>();
    for (Fragment statement : exist.objects()) {
      Optional<IndexDefinition> wanted = IndexDefinition.parse(statement.text());
      Optional<Table> table = wanted.flatMap(w -> catalog.findTable(w.tableAsked()));
      if (wanted.isEmpty() || wanted.get().name().isEmpty()) {
        problems.add(
            new Problem(
                statement.start(),
                "`exist` takes statements of the form CREATE INDEX name ON table (…)",
                statement.text(),
                Optional.of("write the index as you would create it, with its name")));
      } else if (table.isEmpty()) {
        problems.add(
            new Problem(
                statement.start(),
                "there is no table `" + written(wanted.get()) + "`",
                statement.text(),
                Optional.empty()));
      } else {
        states.add(state(statement, wanted.get(), table.get()));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProjectException(problems);
    }
    return states;
  }

  private static String written(IndexDefinition wanted) {
    return wanted.schema().map(s -> s + ".").orElse("") + wanted.table();
  }

  private ObjectState state(Fragment statement, IndexDefinition wanted, Table table) {
    List<Index> indexes = catalog.indexes(table);
    Optional<Index> named =
        indexes.stream()
            .filter(i -> i.name().equalsIgnoreCase(wanted.name()))
            .findFirst()
            .or(() -> catalog.findIndex(wanted.nameAsked(table.schema())));
    if (named.isPresent()) {
      State state =
          !makes(named.get(), wanted)
              ? State.DIFFERENT
              : named.get().valid() ? State.PRESENT : State.INVALID;
      return new ObjectState(statement, wanted, table, state, named);
    }
    Optional<Index> same = indexes.stream().filter(i -> i.valid() && makes(i, wanted)).findFirst();
    return new ObjectState(
        statement, wanted, table, same.isPresent() ? State.PRESENT : State.MISSING, same);
  }

  private static boolean makes(Index index, IndexDefinition wanted) {
    return IndexDefinition.parse(index.definition()).map(wanted::sameAs).orElse(false);
  }

  AuditResult look(Exist exist, AuditOptions options, long start) {
    List<ObjectState> states = states(exist);
    List<ObjectState> wrong = states.stream().filter(s -> s.state() != State.PRESENT).toList();
    long missing = wrong.stream().filter(s -> s.state() == State.MISSING).count();
    Counts counts =
        new Counts(
            states.size(),
            OptionalLong.of(states.size()),
            wrong.size(),
            missing,
            wrong.size() - missing,
            0,
            0,
            OptionalLong.empty());
    List<Violation> violations =
        wrong.stream()
            .map(
                s ->
                    new Violation(
                        Arrays.asList(
                            s.wanted().name(),
                            s.state().name().toLowerCase(Locale.ROOT),
                            s.found().map(Index::definition).orElse(null))))
            .toList();
    options
        .sink()
        .ifPresent(
            sink -> {
              sink.begin(exist, COLUMNS);
              violations.forEach(sink::accept);
            });
    return new AuditResult(
        exist,
        "exist",
        Verdicts.of(exist.terms(), counts),
        Optional.of(counts),
        List.of(),
        List.of("object"),
        COLUMNS,
        violations,
        otherNames(states),
        Auditor.since(start),
        Optional.empty());
  }

  private static List<String> otherNames(List<ObjectState> states) {
    return states.stream()
        .filter(s -> s.state() == State.PRESENT)
        .flatMap(
            s ->
                s.found().stream()
                    .filter(i -> !i.name().equalsIgnoreCase(s.wanted().name()))
                    .map(i -> s.wanted().name() + " is there under the name " + i.name() + "."))
        .toList();
  }
}

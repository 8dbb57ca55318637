package dev.plumbline.object;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.ClaimCheck;
import dev.plumbline.claim.FalseClaim;
import dev.plumbline.claim.FalseClaim.Sort;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.object.ObjectState.ClaimState;
import dev.plumbline.object.ObjectState.IndexState;
import dev.plumbline.object.Wanted.ClaimWanted;
import dev.plumbline.object.Wanted.IndexWanted;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.IndexDefinition;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at what statements want in the live catalogue; reads only. For one thread. */
public final class ObjectLook {
  private final Session session;
  private final Catalog catalog;

  public ObjectLook(Session session) {
    this.session = session;
    this.catalog = Database.catalog(session);
  }

  public ObjectState of(Wanted wanted) {
    return of(List.of(wanted)).getFirst();
  }

  /**
   * How each stands, in their order; claims are compared by one reading of the catalogue.
   *
   * @throws ProjectException if the table of an index is not there
   */
  public List<ObjectState> of(List<Wanted> all) {
    IdentityHashMap<Claim, FalseClaim> wrong = wrong(all);
    List<Problem> problems = new ArrayList<>();
    List<ObjectState> states = new ArrayList<>();
    for (Wanted wanted : all) {
      switch (wanted) {
        case IndexWanted index -> index(index, problems).ifPresent(states::add);
        case ClaimWanted claims -> states.add(state(claims, wrong));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProjectException(problems);
    }
    return states;
  }

  // --- claims ---------------------------------------------------------------------------------

  private IdentityHashMap<Claim, FalseClaim> wrong(List<Wanted> all) {
    List<Claim> claims =
        all.stream()
            .flatMap(w -> w instanceof ClaimWanted c ? c.claims().stream() : Stream.empty())
            .toList();
    IdentityHashMap<Claim, FalseClaim> wrong = new IdentityHashMap<>();
    if (!claims.isEmpty()) {
      new ClaimCheck(WantedReader.PARSER)
          .check(session, claims)
          .forEach(f -> wrong.put(f.claim(), f));
    }
    return wrong;
  }

  private static ClaimState state(ClaimWanted wanted, IdentityHashMap<Claim, FalseClaim> all) {
    List<FalseClaim> wrong =
        wanted.claims().stream().filter(all::containsKey).map(all::get).toList();
    return new ClaimState(wanted, state(wanted, wrong), wrong);
  }

  private static State state(ClaimWanted wanted, List<FalseClaim> wrong) {
    Set<Sort> sorts = wrong.stream().map(FalseClaim::sort).collect(Collectors.toSet());
    if (sorts.isEmpty()) {
      return State.PRESENT;
    }
    if (sorts.contains(Sort.MISSING)) {
      return isWholly(wanted, wrong) ? State.MISSING : State.DIFFERENT;
    }
    if (sorts.size() > 1) {
      return State.DIFFERENT;
    }
    return switch (wrong.getFirst().sort()) {
      case MISSING -> State.MISSING;
      case OTHER -> State.DIFFERENT;
      case INVALID -> State.INVALID;
      // Which constraint it is, is known by its name only.
      case NOT_VALIDATED -> areNamed(wrong) ? State.NOT_VALIDATED : State.DIFFERENT;
      case DISABLED -> State.DISABLED;
      case STILL_THERE -> State.STILL_THERE;
    };
  }

  private static boolean areNamed(List<FalseClaim> wrong) {
    return wrong.stream().noneMatch(f -> f.claim().subject().name().name().isEmpty());
  }

  /** A table that lacks a column is there; a CREATE TABLE would not add it. */
  private static boolean isWholly(ClaimWanted wanted, List<FalseClaim> wrong) {
    boolean first =
        wrong.stream()
            .anyMatch(f -> f.claim() == wanted.claims().getFirst() && f.sort() == Sort.MISSING);
    return switch (wanted.sort()) {
      case CREATE -> first;
      case ALTER, DROP, RENAME -> wrong.stream().noneMatch(f -> f.sort() == Sort.OTHER);
    };
  }

  // --- indexes --------------------------------------------------------------------------------

  private Optional<IndexState> index(IndexWanted wanted, List<Problem> problems) {
    Optional<Table> table = catalog.findTable(wanted.definition().tableAsked());
    if (table.isEmpty() && !wanted.tableIsMade()) {
      problems.add(
          new Problem(
              wanted.statement().start(),
              "there is no table `" + written(wanted.definition()) + "`",
              wanted.statement().text(),
              Optional.empty()));
      return Optional.empty();
    }
    return Optional.of(
        table
            .map(found -> index(wanted, found))
            .orElseGet(() -> new IndexState(wanted, table, State.MISSING, Optional.empty())));
  }

  private static String written(IndexDefinition wanted) {
    return wanted.schema().map(s -> s + ".").orElse("") + wanted.table();
  }

  private IndexState index(IndexWanted wanted, Table table) {
    IndexDefinition definition = wanted.definition();
    List<Index> indexes = catalog.indexes(table);
    Optional<Index> named =
        indexes.stream()
            .filter(i -> i.name().equalsIgnoreCase(definition.name()))
            .findFirst()
            .or(() -> catalog.findIndex(definition.nameAsked(table.schema())));
    if (named.isPresent()) {
      State state =
          !makes(named.get(), definition)
              ? State.DIFFERENT
              : named.get().valid() ? State.PRESENT : State.INVALID;
      return new IndexState(wanted, Optional.of(table), state, named);
    }
    Optional<Index> same =
        indexes.stream().filter(i -> i.valid() && makes(i, definition)).findFirst();
    return new IndexState(
        wanted, Optional.of(table), same.isPresent() ? State.PRESENT : State.MISSING, same);
  }

  private static boolean makes(Index index, IndexDefinition wanted) {
    return IndexDefinition.parse(index.definition()).map(wanted::sameAs).orElse(false);
  }
}

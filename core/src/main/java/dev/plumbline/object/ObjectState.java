package dev.plumbline.object;

import dev.plumbline.claim.FalseClaim;
import dev.plumbline.object.Wanted.ClaimWanted;
import dev.plumbline.object.Wanted.IndexWanted;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the object of one statement stands in the live catalogue. */
public sealed interface ObjectState {
  Wanted wanted();

  State state();

  /** What is there instead, or under another name; empty where nothing is. */
  Optional<String> found();

  /** Whether it is for a run to make it so. */
  default boolean toMake() {
    return switch (state()) {
      case MISSING, INVALID, NOT_VALIDATED, DISABLED, STILL_THERE -> true;
      case DIFFERENT -> wanted().replaces();
      case PRESENT -> false;
    };
  }

  /**
   * An index.
   *
   * @param table its table; empty where a statement before is still to make that
   * @param index what is there under its name, or does the same
   */
  record IndexState(IndexWanted wanted, Optional<Table> table, State state, Optional<Index> index)
      implements ObjectState {
    @Override
    public Optional<String> found() {
      return index.map(Index::definition);
    }

    /** The name under which it is there, where that is another one. */
    public Optional<String> otherName() {
      return index.map(Index::name).filter(name -> !name.equalsIgnoreCase(wanted.name()));
    }
  }

  /**
   * What the claims of a statement say.
   *
   * @param wrong those that are not true
   */
  record ClaimState(ClaimWanted wanted, State state, List<FalseClaim> wrong)
      implements ObjectState {
    public ClaimState {
      wrong = List.copyOf(wrong);
    }

    /** Each with the object that it is about, where that is another than the statement's own. */
    @Override
    public Optional<String> found() {
      return state == State.PRESENT || state == State.MISSING
          ? Optional.empty()
          : Optional.of(
              wrong.stream().map(this::told).distinct().collect(Collectors.joining("; ")));
    }

    private String told(FalseClaim claim) {
      boolean own = claim.claim().subject().equals(wanted.claims().getFirst().subject());
      return own ? claim.found() : claim.claim().subject() + " " + claim.found();
    }
  }
}

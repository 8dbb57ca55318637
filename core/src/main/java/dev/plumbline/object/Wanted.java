package dev.plumbline.object;

import dev.plumbline.claim.Claim;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.schema.IndexDefinition;
import java.util.List;

/** A statement of an {@code exist}, and what must be there for it to be true. */
public sealed interface Wanted {
  /** As the invariant's file writes it. */
  Fragment statement();

  /** What people and {@code --key} call the object; several statements may share a name. */
  String name();

  /** How people call it: {@code index idx_goals_user_status on goals}. */
  String label();

  /** The word for the object. */
  String kind();

  /** The table that it belongs to, or its own name; for people. */
  String on();

  /** Whether the statement can only be run outside of a transaction. */
  boolean besideOthers();

  /** Whether the statement may be run where something else of that name is there. */
  boolean replaces();

  /**
   * An index, compared by what it covers: one under another name counts.
   *
   * @param tableIsMade whether a statement before it makes its table, which may be missing so far
   */
  record IndexWanted(Fragment statement, IndexDefinition definition, boolean tableIsMade)
      implements Wanted {
    @Override
    public String name() {
      return definition.name();
    }

    @Override
    public String label() {
      return kind() + " " + name() + " on " + on();
    }

    @Override
    public String kind() {
      return "index";
    }

    @Override
    public String on() {
      return definition.table();
    }

    @Override
    public boolean besideOthers() {
      return IndexDefinition.concurrently(statement.text());
    }

    @Override
    public boolean replaces() {
      return false;
    }
  }

  /**
   * Whatever else a statement claims.
   *
   * @param claims what must be true; the first is about the object that a {@code CREATE} makes
   * @param sort what the statement does
   * @param replaces see {@link Wanted#replaces}
   * @param irrevocable why its effect can never be taken back; empty if it may
   * @param notes what a reader of a plan should know before it is run
   */
  record ClaimWanted(
      Fragment statement,
      List<Claim> claims,
      Sort sort,
      boolean besideOthers,
      boolean replaces,
      String irrevocable,
      List<String> notes)
      implements Wanted {
    public ClaimWanted {
      claims = List.copyOf(claims);
      notes = List.copyOf(notes);
    }

    /** What a statement does. */
    public enum Sort {
      CREATE,
      ALTER,
      DROP,
      RENAME
    }

    @Override
    public String name() {
      return Called.name(claims.getFirst().subject());
    }

    @Override
    public String label() {
      return claims.getFirst().subject().toString();
    }

    @Override
    public String kind() {
      return claims.getFirst().subject().kind().word();
    }

    @Override
    public String on() {
      return Called.table(claims.getFirst().subject());
    }
  }
}

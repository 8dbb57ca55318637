package dev.plumbline.migration;

import dev.plumbline.guard.Standing;
import dev.plumbline.migration.Migration.Reference;
import java.util.List;
import java.util.OptionalLong;

/** What keeps the phases after one from beginning. */
public sealed interface Hold {

  /** The phase that is not done. */
  String phase();

  /** The rest of a sentence that begins with the phase. */
  String why();

  /** What to do about it. */
  String next();

  /** A migration of the phase is not applied, or not written yet. */
  record Pending(String phase, Version version) implements Hold {
    @Override
    public String why() {
      return "its migration " + version + " is not applied";
    }

    @Override
    public String next() {
      return "plumb migrate --to " + version;
    }
  }

  /** An invariant does not hold. */
  record Violated(String phase, String invariant, long violations) implements Hold {
    @Override
    public String why() {
      return violations + (violations == 1 ? " row violates " : " rows violate ") + invariant;
    }

    @Override
    public String next() {
      return "plumb repair " + invariant;
    }
  }

  /** Nobody knows whether an invariant holds. */
  record Unknown(String phase, String invariant, String because) implements Hold {
    @Override
    public String why() {
      return "whether " + invariant + " holds is not known: " + because;
    }

    @Override
    public String next() {
      return "plumb audit " + invariant;
    }
  }

  /** A guard is not installed, or not as it was. */
  record Unguarded(String phase, String invariant, boolean installed) implements Hold {
    @Override
    public String why() {
      return "the guard of "
          + invariant
          + (installed ? " is not as it was installed" : " is not installed");
    }

    @Override
    public String next() {
      return "plumb guard " + invariant;
    }
  }

  /** Somebody's word is missing. */
  record Unconfirmed(String phase) implements Hold {
    @Override
    public String why() {
      return "nobody has confirmed it";
    }

    @Override
    public String next() {
      return "write who and when behind `confirmed:` of the phase in phases.yaml";
    }
  }

  /** The guards of a phase that do not stand. */
  static List<Hold> unguarded(Phase phase, List<Standing> guards) {
    return phase.guards().stream()
        .map(Reference::invariant)
        .filter(name -> guards.stream().noneMatch(g -> g.invariant().equals(name) && g.intact()))
        .<Hold>map(
            name ->
                new Unguarded(
                    phase.name(), name, guards.stream().anyMatch(g -> g.invariant().equals(name))))
        .toList();
  }

  /** How many rows violate the gate, where that is what holds. */
  default OptionalLong rows() {
    return this instanceof Violated violated
        ? OptionalLong.of(violated.violations())
        : OptionalLong.empty();
  }
}

package dev.plumbline.migration;

import java.util.List;
import java.util.Optional;

/**
 * The phases of a change, in their order.
 *
 * @param says what the change is, where the file says so
 */
public record Phases(Optional<String> says, List<Phase> list) {
  public Phases {
    list = List.copyOf(list);
  }

  /** Of a project without a plan. */
  public static Phases none() {
    return new Phases(Optional.empty(), List.of());
  }

  /** The phase to which a migration belongs; those that belong to none wait for nothing. */
  public Optional<Phase> of(Version version) {
    return list.stream().filter(phase -> phase.migrations().contains(version)).findFirst();
  }

  /** The phases that come before. */
  public List<Phase> before(Phase phase) {
    return list.subList(0, list.indexOf(phase));
  }

  /** The phases that come after. */
  public List<Phase> after(Phase phase) {
    return list.subList(list.indexOf(phase) + 1, list.size());
  }
}

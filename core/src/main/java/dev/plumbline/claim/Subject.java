package dev.plumbline.claim;

import dev.plumbline.claim.ObjectName.Match;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a claim is about.
 *
 * @param on the table that it belongs to: of columns, constraints, triggers, policies, and of
 *     indexes where the statement says
 * @param name empty for a constraint or an index to which the database gives a name
 * @param arguments of a function: the types of its input; empty where the statement leaves them out
 */
public record Subject(
    Kind kind, Optional<ObjectName> on, ObjectName name, Optional<List<TypeShape>> arguments) {

  static Subject of(Kind kind, ObjectName name) {
    return new Subject(kind, Optional.empty(), name, Optional.empty());
  }

  static Subject on(ObjectName table, Kind kind, String name) {
    ObjectName own = kind == Kind.INDEX ? table.named(name) : ObjectName.plain(name);
    return new Subject(kind, Optional.of(table), own, Optional.empty());
  }

  boolean isNamed() {
    return !name.name().isEmpty();
  }

  /** Whether both mean one object. */
  Match match(Subject other) {
    if (!kind.sharesNamesWith(other.kind) || !isNamed()) {
      return Match.NO;
    }
    if (kind.isRoutine() && !sameArguments(other)) {
      return Match.NO;
    }
    if (kind == Kind.INDEX || on.isEmpty() || other.on.isEmpty()) {
      return name.match(other.name);
    }
    return name.name().equals(other.name.name()) ? on.get().match(other.on.get()) : Match.NO;
  }

  private boolean sameArguments(Subject other) {
    return arguments.isEmpty()
        || other.arguments.isEmpty()
        || Likeness.each(
                arguments.get(), other.arguments.get(), Likeness.DIFFERENT, TypeShape::likeness)
            != Likeness.DIFFERENT;
  }

  Subject named(String newName) {
    return new Subject(kind, on, name.named(newName), arguments);
  }

  /** How people call it: {@code index idx_goals_user_status on goals}. */
  @Override
  public String toString() {
    String called =
        isNamed()
            ? kind.word() + " " + (kind == Kind.INDEX ? name.name() : name)
            : kind.word() + " without a name";
    String types =
        arguments
            .map(
                a ->
                    a.stream().map(TypeShape::toString).collect(Collectors.joining(", ", "(", ")")))
            .orElse("");
    String of = kind == Kind.COLUMN ? " of " : " on ";
    return called + types + on.map(table -> of + table).orElse("");
  }
}

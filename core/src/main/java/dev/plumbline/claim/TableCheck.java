package dev.plumbline.claim;

import dev.plumbline.claim.FalseClaim.Sort;
import dev.plumbline.database.PostgresObjects.Constraint;
import dev.plumbline.database.PostgresObjects.Index;
import dev.plumbline.database.PostgresObjects.Policy;
import dev.plumbline.database.PostgresObjects.Relation;
import dev.plumbline.database.PostgresObjects.Trigger;
import dev.plumbline.parser.Node;
import java.util.List;
import java.util.Optional;

/** Judges claims about indexes, constraints, triggers, policies and row-level security. */
record TableCheck(Lookup lookup) {
  Optional<Fault> index(Claim.IndexExists claim) {
    Subject subject = claim.subject();
    Optional<Relation> table = lookup.table(subject);
    if (table.isEmpty()) {
      return Optional.of(Fault.MISSING);
    }
    List<Index> indexes = lookup.live().indexes().getOrDefault(table.get().oid(), List.of());
    if (!subject.isNamed()) {
      return indexes.stream().anyMatch(i -> makes(claim, i) && (i.valid() || !claim.valid()))
          ? Optional.empty()
          : Optional.of(Fault.MISSING);
    }
    return indexes.stream()
        .filter(index -> index.name().equals(subject.name().name()))
        .findFirst()
        .map(index -> judge(claim, index))
        .orElseGet(() -> elsewhere(subject, table.get()));
  }

  private boolean makes(Claim.IndexExists claim, Index index) {
    return claim.detail().equals(Node.Fields.NONE)
        || Shapes.index(claim.detail(), lookup.printed().statement(index.definition()))
            != Likeness.DIFFERENT;
  }

  private Optional<Fault> judge(Claim.IndexExists claim, Index index) {
    if (!makes(claim, index)) {
      return Optional.of(Fault.other("is there, but as " + index.definition()));
    }
    return claim.valid() && !index.valid()
        ? Optional.of(
            new Fault(
                Sort.INVALID,
                "is invalid: a concurrent build failed",
                "Run DROP INDEX CONCURRENTLY, remove what made it fail, and build it again."))
        : Optional.empty();
  }

  private Optional<Fault> elsewhere(Subject subject, Relation table) {
    return lookup.live().relations().getOrDefault(subject.name().name(), List.of()).stream()
        .filter(relation -> relation.schema().equals(table.schema()))
        .findFirst()
        .map(this::placed)
        .or(() -> Optional.of(Fault.MISSING));
  }

  private Fault placed(Relation relation) {
    return lookup.live().indexes().values().stream()
        .flatMap(List::stream)
        .filter(index -> index.oid() == relation.oid())
        .findFirst()
        .map(index -> Fault.other("is there, but on " + index.tableName()))
        .orElseGet(() -> Fault.other("is a " + Lookup.kindName(relation.kind())));
  }

  Optional<Fault> constraint(Claim.ConstraintExists claim) {
    List<Constraint> all =
        lookup
            .table(claim.subject())
            .map(table -> lookup.live().constraints().getOrDefault(table.oid(), List.of()))
            .orElse(List.of());
    String name = claim.subject().name().name();
    Optional<Constraint> named = all.stream().filter(c -> c.name().equals(name)).findFirst();
    if (named.isPresent() && !fits(claim, named.get())) {
      return Optional.of(Fault.other("is there, but as " + named.get().definition()));
    }
    List<Constraint> fitting =
        named.map(List::of).orElseGet(() -> all.stream().filter(c -> fits(claim, c)).toList());
    if (fitting.isEmpty() || (named.isEmpty() && !maybeUnderOtherName(claim))) {
      return Optional.of(Fault.MISSING);
    }
    boolean valid = fitting.stream().anyMatch(Constraint::validated);
    return claim.validated() && !valid
        ? Optional.of(
            new Fault(
                Sort.NOT_VALIDATED,
                "is not validated",
                "Run ALTER TABLE … VALIDATE CONSTRAINT " + fitting.getFirst().name() + "."))
        : Optional.empty();
  }

  /** PostgreSQL keeps only one of several equal keys that a CREATE TABLE names. */
  private static boolean maybeUnderOtherName(Claim.ConstraintExists claim) {
    boolean key = claim.type().equals("CONSTR_UNIQUE") || claim.type().equals("CONSTR_PRIMARY");
    return !claim.subject().isNamed() || (key && !claim.detail().equals(Node.Fields.NONE));
  }

  private boolean fits(Claim.ConstraintExists claim, Constraint constraint) {
    String letters =
        switch (claim.type()) {
          case "CONSTR_CHECK" -> "c";
          case "CONSTR_FOREIGN" -> "f";
          case "CONSTR_UNIQUE" -> "up";
          case "CONSTR_PRIMARY" -> "p";
          case "CONSTR_EXCLUSION" -> "x";
          default -> constraint.type();
        };
    return letters.contains(constraint.type())
        && (claim.detail().equals(Node.Fields.NONE)
            || Shapes.constraint(
                    claim.detail(), lookup.printed().constraint(constraint.definition()))
                != Likeness.DIFFERENT);
  }

  Optional<Fault> trigger(Claim.TriggerExists claim) {
    Optional<Trigger> found =
        lookup.member(claim.subject(), lookup.live().triggers(), Trigger::name);
    if (found.isEmpty()) {
      return Optional.of(Fault.MISSING);
    }
    Trigger trigger = found.get();
    boolean other =
        !claim.detail().equals(Node.Fields.NONE)
            && Shapes.trigger(claim.detail(), lookup.printed().statement(trigger.definition()))
                == Likeness.DIFFERENT;
    return other
        ? Optional.of(Fault.other("is there, but as " + trigger.definition()))
        : claim.firing().flatMap(stated -> firing(stated, trigger));
  }

  private static Optional<Fault> firing(String stated, Trigger trigger) {
    String live = trigger.firing();
    boolean enough = stated.equals("O") && !live.equals("D");
    if (enough || stated.equals(live)) {
      return Optional.empty();
    }
    return Optional.of(
        live.equals("D")
            ? new Fault(
                Sort.DISABLED,
                "is disabled (" + stated + " → D)",
                "Run ALTER TABLE … ENABLE TRIGGER " + trigger.name() + ".")
            : new Fault(
                "fires otherwise (" + stated + " → " + live + ")",
                "Run the ALTER TABLE statement again."));
  }

  Optional<Fault> policy(Claim.PolicyExists claim) {
    Optional<Policy> found = lookup.member(claim.subject(), lookup.live().policies(), Policy::name);
    if (found.isEmpty()) {
      return Optional.of(Fault.MISSING);
    }
    Node written = claim.detail();
    if (written.equals(Node.Fields.NONE)) {
      return Optional.empty();
    }
    Policy policy = found.get();
    Likeness likeness =
        Likeness.of(command(written.text("cmd_name")).equals(policy.command()))
            .and(Likeness.of(written.is("permissive") == policy.permissive()))
            .and(
                Shapes.condition(
                    written.at("qual"), policy.using().map(lookup.printed()::expression)))
            .and(
                Shapes.condition(
                    written.at("with_check"), policy.check().map(lookup.printed()::expression)));
    return likeness == Likeness.DIFFERENT
        ? Optional.of(Fault.other("is there, but not as written"))
        : Optional.empty();
  }

  private static String command(String name) {
    return switch (name) {
      case "select" -> "r";
      case "insert" -> "a";
      case "update" -> "w";
      case "delete" -> "d";
      default -> "*";
    };
  }

  Optional<Fault> rowSecurity(Claim.RowSecurity claim) {
    Optional<Relation> table = lookup.live().relation(claim.subject().name());
    if (table.isEmpty()) {
      return Optional.of(Fault.MISSING);
    }
    boolean enabled = table.get().rowSecurity();
    boolean forced = table.get().forced();
    if (claim.enabled().filter(stated -> stated != enabled).isPresent()) {
      return Optional.of(
          new Fault(
              "has row-level security " + (enabled ? "enabled" : "disabled"),
              "Run the ALTER TABLE statement again."));
    }
    return claim.forced().filter(stated -> stated != forced).isPresent()
        ? Optional.of(
            new Fault(
                "has row-level security " + (forced ? "forced" : "not forced"),
                "Run the ALTER TABLE statement again."))
        : Optional.empty();
  }
}

package dev.plumbline.claim;

import dev.plumbline.claim.FalseClaim.Sort;
import dev.plumbline.database.PostgresObjects.Column;
import dev.plumbline.database.PostgresObjects.Constraint;
import dev.plumbline.database.PostgresObjects.DataType;
import dev.plumbline.database.PostgresObjects.Policy;
import dev.plumbline.database.PostgresObjects.Relation;
import dev.plumbline.database.PostgresObjects.Routine;
import dev.plumbline.database.PostgresObjects.Trigger;
import dev.plumbline.parser.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges claims by PostgreSQL's catalogue. */
final class PostgresCheck {
  private final Lookup lookup;
  private final ColumnCheck columns;
  private final TableCheck tables;

  PostgresCheck(LiveObjects live, Printed printed) {
    this.lookup = new Lookup(live, printed);
    this.columns = new ColumnCheck(lookup);
    this.tables = new TableCheck(lookup);
  }

  List<FalseClaim> check(List<Claim> claims) {
    List<FalseClaim> found = new ArrayList<>();
    for (Claim claim : claims) {
      if (!lookup.live().isUnclear(claim.subject())) {
        fault(claim).ifPresent(fault -> found.add(fault.of(claim)));
      }
    }
    return List.copyOf(found);
  }

  private Optional<Fault> fault(Claim claim) {
    return switch (claim) {
      case Claim.Exists exists -> exists(exists.subject());
      case Claim.ColumnExists column -> columns.column(column);
      case Claim.IndexExists index -> tables.index(index);
      case Claim.ConstraintExists constraint -> tables.constraint(constraint);
      case Claim.TriggerExists trigger -> tables.trigger(trigger);
      case Claim.FunctionExists function -> function(function);
      case Claim.EnumHas labels -> labels(labels);
      case Claim.PolicyExists policy -> tables.policy(policy);
      case Claim.RowSecurity security -> tables.rowSecurity(security);
      case Claim.CommentIs comment -> comment(comment);
      case Claim.Absent absent -> absent(absent.subject());
      case Claim.SqliteObject object -> throw foreign(object);
      case Claim.SqliteColumn column -> throw foreign(column);
    };
  }

  private static IllegalArgumentException foreign(Claim claim) {
    return new IllegalArgumentException("a claim about SQLite: " + claim.subject());
  }

  // --- existence ------------------------------------------------------------------------------

  private Optional<Fault> exists(Subject subject) {
    return switch (subject.kind()) {
      case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
          lookup
              .live()
              .relation(subject.name())
              .map(relation -> ofKind(subject.kind(), relation))
              .orElse(Optional.of(Fault.MISSING));
      case FUNCTION, PROCEDURE, AGGREGATE -> missing(lookup.routine(subject));
      case TYPE, DOMAIN -> missing(lookup.type(subject));
      case SCHEMA -> missing(Lookup.named(lookup.live().schemas(), subject));
      case EXTENSION -> missing(Lookup.named(lookup.live().extensions(), subject));
      case COLUMN, CONSTRAINT, TRIGGER, POLICY -> throw new IllegalStateException("" + subject);
    };
  }

  private static Optional<Fault> missing(Optional<?> found) {
    return found.isPresent() ? Optional.empty() : Optional.of(Fault.MISSING);
  }

  private static Optional<Fault> ofKind(Kind kind, Relation relation) {
    return Lookup.isOf(kind, relation)
        ? Optional.empty()
        : Optional.of(Fault.other("is a " + Lookup.kindName(relation.kind())));
  }

  // --- functions, types, comments -------------------------------------------------------------

  private Optional<Fault> function(Claim.FunctionExists claim) {
    Optional<Routine> found = lookup.routine(claim.subject());
    if (found.isEmpty()) {
      return Optional.of(Fault.MISSING);
    }
    return claim.detail().equals(Node.Fields.NONE)
        ? Optional.empty()
        : difference(FunctionBody.of(claim.detail()), found.get())
            .map(what -> new Fault(what, "Run its CREATE OR REPLACE statement again."));
  }

  private Optional<String> difference(FunctionBody written, Routine live) {
    if (written.hasText() && !written.language().equals(live.language())) {
      return Optional.of("is in language " + live.language());
    }
    if (written.standard() != live.standardBody()
        || (written.hasText() && !written.text().equals(live.source()))) {
      return Optional.of("has another body");
    }
    if (written.isSecurityDefiner() != live.securityDefiner()) {
      return Optional.of("is SECURITY " + (live.securityDefiner() ? "DEFINER" : "INVOKER"));
    }
    if (written.isStrict() != live.strict()) {
      return Optional.of(live.strict() ? "is STRICT" : "is not STRICT");
    }
    if (!written.volatility().equals(live.volatility())) {
      return Optional.of("is of volatility " + live.volatility());
    }
    Optional<TypeShape> result = live.result().flatMap(lookup.printed()::type);
    boolean other =
        written.result().isPresent()
            && result.isPresent()
            && !written.result().get().name().equals(result.get().name());
    return other ? Optional.of("returns " + result.get()) : Optional.empty();
  }

  private Optional<Fault> labels(Claim.EnumHas claim) {
    Optional<DataType> found = lookup.type(claim.subject());
    if (found.isEmpty()) {
      return Optional.of(Fault.MISSING);
    }
    List<String> live = new ArrayList<>(found.get().labels());
    live.retainAll(claim.labels());
    return live.equals(claim.labels())
        ? Optional.empty()
        : Optional.of(
            new Fault(
                "has the values " + String.join(", ", found.get().labels()),
                "Run ALTER TYPE … ADD VALUE for what is missing."));
  }

  private Optional<Fault> comment(Claim.CommentIs claim) {
    Optional<Remark> live = commentOn(claim.subject());
    if (live.isEmpty()) {
      return Optional.of(Fault.MISSING);
    }
    return live.get().text().equals(claim.comment())
        ? Optional.empty()
        : Optional.of(
            new Fault(
                live.get()
                    .text()
                    .map(text -> "has the comment '" + text + "'")
                    .orElse("has no comment"),
                "Run the COMMENT statement again."));
  }

  /** The comment of an object, if it has one. */
  private record Remark(Optional<String> text) {}

  /** Empty where the object is not there. */
  private Optional<Remark> commentOn(Subject subject) {
    return switch (subject.kind()) {
      case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
          lookup.live().relation(subject.name()).map(o -> new Remark(o.comment()));
      case COLUMN ->
          lookup
              .member(subject, lookup.live().columns(), Column::name)
              .map(o -> new Remark(o.comment()));
      case CONSTRAINT ->
          lookup
              .member(subject, lookup.live().constraints(), Constraint::name)
              .map(o -> new Remark(o.comment()));
      case TRIGGER ->
          lookup
              .member(subject, lookup.live().triggers(), Trigger::name)
              .map(o -> new Remark(o.comment()));
      case POLICY ->
          lookup
              .member(subject, lookup.live().policies(), Policy::name)
              .map(o -> new Remark(o.comment()));
      case FUNCTION, PROCEDURE, AGGREGATE ->
          lookup.routine(subject).map(o -> new Remark(o.comment()));
      case TYPE, DOMAIN ->
          lookup
              .live()
              .find(
                  subject.name(),
                  lookup.live().types().getOrDefault(subject.name().name(), List.of()),
                  DataType::schema)
              .map(o -> new Remark(o.comment()));
      case SCHEMA ->
          Lookup.named(lookup.live().schemas(), subject).map(o -> new Remark(o.comment()));
      case EXTENSION ->
          Lookup.named(lookup.live().extensions(), subject).map(o -> new Remark(o.comment()));
    };
  }

  // --- absence --------------------------------------------------------------------------------

  private Optional<Fault> absent(Subject subject) {
    boolean there =
        switch (subject.kind()) {
          case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
              lookup
                  .live()
                  .findFirst(subject.name(), relations(subject), Relation::schema)
                  .isPresent();
          case COLUMN -> lookup.member(subject, lookup.live().columns(), Column::name).isPresent();
          case CONSTRAINT ->
              lookup.member(subject, lookup.live().constraints(), Constraint::name).isPresent();
          case TRIGGER ->
              lookup.member(subject, lookup.live().triggers(), Trigger::name).isPresent();
          case POLICY -> lookup.member(subject, lookup.live().policies(), Policy::name).isPresent();
          case FUNCTION, PROCEDURE, AGGREGATE ->
              lookup
                  .live()
                  .findFirst(subject.name(), lookup.routines(subject), Routine::schema)
                  .isPresent();
          case TYPE, DOMAIN ->
              lookup
                  .live()
                  .findFirst(subject.name(), lookup.types(subject), DataType::schema)
                  .isPresent();
          case SCHEMA -> Lookup.named(lookup.live().schemas(), subject).isPresent();
          case EXTENSION -> Lookup.named(lookup.live().extensions(), subject).isPresent();
        };
    return there
        ? Optional.of(
            new Fault(
                Sort.STILL_THERE, "is still there", "Run the statement again that removes it."))
        : Optional.empty();
  }

  private List<Relation> relations(Subject subject) {
    return lookup.live().relations().getOrDefault(subject.name().name(), List.of()).stream()
        .filter(relation -> Lookup.isOf(subject.kind(), relation))
        .toList();
  }
}

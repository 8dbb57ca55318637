package dev.plumbline.claim;

import dev.plumbline.database.PostgresObjects.Column;
import dev.plumbline.database.PostgresObjects.Constraint;
import dev.plumbline.database.PostgresObjects.DataType;
import dev.plumbline.database.PostgresObjects.Policy;
import dev.plumbline.database.PostgresObjects.Relation;
import dev.plumbline.database.PostgresObjects.Trigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which of PostgreSQL's live objects a subject means. */
record PostgresPlaces(Lookup lookup) {
  Optional<Place> find(Subject subject) {
    LiveObjects live = lookup.live();
    return switch (subject.kind()) {
      case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
          live.relation(subject.name())
              .filter(relation -> Lookup.isOf(subject.kind(), relation))
              .map(PostgresPlaces::relation);
      case COLUMN -> member(subject, live.columns(), Column::name);
      case CONSTRAINT -> member(subject, live.constraints(), Constraint::name);
      case TRIGGER -> member(subject, live.triggers(), Trigger::name);
      case POLICY -> member(subject, live.policies(), Policy::name);
      case FUNCTION, PROCEDURE, AGGREGATE ->
          lookup
              .routine(subject)
              .map(
                  routine ->
                      new Place(
                          kindOfRoutine(routine.kind()),
                          routine.schema(),
                          "",
                          routine.name(),
                          routine.arguments()));
      case TYPE, DOMAIN -> lookup.type(subject).map(type -> type(subject.kind(), type));
      case SCHEMA -> Lookup.named(live.schemas(), subject).map(n -> unschemed(subject, n.name()));
      case EXTENSION ->
          Lookup.named(live.extensions(), subject).map(n -> unschemed(subject, n.name()));
    };
  }

  private <T> Optional<Place> member(
      Subject subject, Map<Long, List<T>> all, Function<T, String> name) {
    return lookup
        .member(subject, all, name)
        .flatMap(
            member ->
                lookup
                    .table(subject)
                    .map(
                        table ->
                            new Place(
                                subject.kind(),
                                table.schema(),
                                table.name(),
                                name.apply(member),
                                List.of())));
  }

  private static Place relation(Relation relation) {
    Kind kind =
        switch (relation.kind()) {
          case "v" -> Kind.VIEW;
          case "m" -> Kind.MATERIALIZED_VIEW;
          case "f" -> Kind.FOREIGN_TABLE;
          case "S" -> Kind.SEQUENCE;
          case "i", "I" -> Kind.INDEX;
          default -> Kind.TABLE;
        };
    return new Place(kind, relation.schema(), "", relation.name(), List.of());
  }

  private static Kind kindOfRoutine(String letter) {
    return switch (letter) {
      case "p" -> Kind.PROCEDURE;
      case "a" -> Kind.AGGREGATE;
      default -> Kind.FUNCTION;
    };
  }

  private static Place type(Kind kind, DataType type) {
    return new Place(kind, type.schema(), "", type.name(), List.of());
  }

  private static Place unschemed(Subject subject, String name) {
    return new Place(subject.kind(), "", "", name, List.of());
  }
}

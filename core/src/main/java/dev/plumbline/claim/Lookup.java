package dev.plumbline.claim;

import dev.plumbline.database.PostgresObjects.DataType;
import dev.plumbline.database.PostgresObjects.Named;
import dev.plumbline.database.PostgresObjects.Relation;
import dev.plumbline.database.PostgresObjects.Routine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds what claims are about among the live objects. */
record Lookup(LiveObjects live, Printed printed) {
  static boolean isOf(Kind kind, Relation relation) {
    String letters =
        switch (kind) {
          case TABLE -> "rp";
          case VIEW -> "v";
          case MATERIALIZED_VIEW -> "m";
          case FOREIGN_TABLE -> "f";
          case SEQUENCE -> "S";
          case INDEX -> "iI";
          case RELATION -> "rpvmfSiI";
          case COLUMN, CONSTRAINT, TRIGGER, POLICY, FUNCTION, PROCEDURE, AGGREGATE -> "";
          case TYPE, DOMAIN, SCHEMA, EXTENSION -> "";
        };
    return letters.contains(relation.kind());
  }

  static String kindName(String letter) {
    return switch (letter) {
      case "r", "p" -> "table";
      case "v" -> "view";
      case "m" -> "materialized view";
      case "f" -> "foreign table";
      case "S" -> "sequence";
      case "i", "I" -> "index";
      case "c" -> "composite type";
      default -> "relation of kind " + letter;
    };
  }

  static Optional<Named> named(List<Named> all, Subject subject) {
    return all.stream().filter(n -> n.name().equals(subject.name().name())).findFirst();
  }

  Optional<DataType> type(Subject subject) {
    return live.find(subject.name(), types(subject), DataType::schema);
  }

  List<DataType> types(Subject subject) {
    return live.types().getOrDefault(subject.name().name(), List.of()).stream()
        .filter(type -> type.kind().equals("d") == (subject.kind() == Kind.DOMAIN))
        .toList();
  }

  Optional<Routine> routine(Subject subject) {
    return live.find(subject.name(), routines(subject), Routine::schema);
  }

  List<Routine> routines(Subject subject) {
    return live.routines().getOrDefault(subject.name().name(), List.of()).stream()
        .filter(routine -> takes(routine, subject))
        .toList();
  }

  boolean takes(Routine routine, Subject subject) {
    List<TypeShape> types =
        routine.arguments().stream().flatMap(type -> printed.type(type).stream()).toList();
    return subject.arguments().isEmpty()
        || types.size() != routine.arguments().size()
        || Likeness.each(
                subject.arguments().get(),
                types,
                Likeness.DIFFERENT,
                (a, b) -> Likeness.of(a.name().equals(b.name()) && a.array() == b.array()))
            != Likeness.DIFFERENT;
  }

  <T> Optional<T> member(Subject subject, Map<Long, List<T>> all, Function<T, String> name) {
    return table(subject).stream()
        .flatMap(table -> all.getOrDefault(table.oid(), List.of()).stream())
        .filter(member -> name.apply(member).equals(subject.name().name()))
        .findFirst();
  }

  Optional<Relation> table(Subject subject) {
    return subject.on().flatMap(live::relation);
  }
}

package dev.plumbline.claim;

import dev.plumbline.database.PostgresObjects;
import dev.plumbline.database.PostgresObjects.Column;
import dev.plumbline.database.PostgresObjects.Constraint;
import dev.plumbline.database.PostgresObjects.DataType;
import dev.plumbline.database.PostgresObjects.Index;
import dev.plumbline.database.PostgresObjects.Named;
import dev.plumbline.database.PostgresObjects.Policy;
import dev.plumbline.database.PostgresObjects.Relation;
import dev.plumbline.database.PostgresObjects.Routine;
import dev.plumbline.database.PostgresObjects.Trigger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What of the live catalogue the claims are about, and what their names mean in it. */
record LiveObjects(
    List<String> path,
    String user,
    Map<String, List<Relation>> relations,
    Map<Long, List<Column>> columns,
    Map<Long, List<Index>> indexes,
    Map<Long, List<Constraint>> constraints,
    Map<Long, List<Trigger>> triggers,
    Map<Long, List<Policy>> policies,
    Map<String, List<Routine>> routines,
    Map<String, List<DataType>> types,
    List<Named> schemas,
    List<Named> extensions) {

  static LiveObjects of(List<Claim> claims, PostgresObjects objects) {
    List<Relation> relations = objects.relations(names(claims, Kind::isRelation));
    Set<Long> oids = relations.stream().map(Relation::oid).collect(Collectors.toSet());
    return new LiveObjects(
        objects.searchPath(),
        objects.user(),
        by(Relation::name, relations),
        by(Column::relation, objects.columns(oids)),
        by(Index::table, objects.indexes(oids)),
        by(Constraint::table, objects.constraints(oids)),
        by(Trigger::table, objects.triggers(oids)),
        by(Policy::table, objects.policies(oids)),
        by(Routine::name, objects.routines(names(claims, Kind::isRoutine))),
        by(DataType::name, objects.types(names(claims, Kind::isType))),
        objects.schemas(names(claims, kind -> kind == Kind.SCHEMA)),
        objects.extensions(names(claims, kind -> kind == Kind.EXTENSION)));
  }

  private static <K, V> Map<K, List<V>> by(Function<V, K> key, List<V> values) {
    return values.stream().collect(Collectors.groupingBy(key));
  }

  private static Set<String> names(List<Claim> claims, Predicate<Kind> kinds) {
    Set<String> names =
        claims.stream()
            .map(Claim::subject)
            .filter(subject -> kinds.test(subject.kind()))
            .map(subject -> subject.name().name())
            .collect(Collectors.toSet());
    if (kinds.test(Kind.TABLE)) {
      claims.stream()
          .flatMap(claim -> claim.subject().on().stream())
          .forEach(table -> names.add(table.name()));
    }
    return names;
  }

  // --- what a name means ----------------------------------------------------------------------

  /** The object that a name means, of those that have it. */
  <T> Optional<T> find(ObjectName name, List<T> candidates, Function<T, String> schema) {
    if (name.schema().isPresent()) {
      return candidates.stream()
          .filter(c -> schema.apply(c).equals(name.schema().get()))
          .findFirst();
    }
    List<String> searched = searched(name);
    return candidates.stream()
        .filter(c -> searched.contains(schema.apply(c)))
        .min(Comparator.comparingInt(c -> searched.indexOf(schema.apply(c))));
  }

  private List<String> searched(ObjectName name) {
    return name.path().isEmpty()
        ? path
        : name.path().stream().map(s -> s.equals("$user") ? user : s).toList();
  }

  Optional<Relation> relation(ObjectName name) {
    return find(name, relations.getOrDefault(name.name(), List.of()), Relation::schema);
  }

  /**
   * The one that must be gone. Without a schema it was the first on the path; further ones may be
   * seen now.
   */
  <T> Optional<T> findFirst(ObjectName name, List<T> candidates, Function<T, String> schema) {
    List<String> usual =
        searched(name).stream().filter(s -> !s.startsWith("pg_")).limit(1).toList();
    return name.schema().isPresent()
        ? find(name, candidates, schema)
        : candidates.stream().filter(c -> usual.contains(schema.apply(c))).findFirst();
  }

  /** Whether it cannot be said which object a name means. */
  boolean isUnclear(Subject subject) {
    return subject.on().orElse(subject.name()).path().equals(ObjectName.ANYWHERE);
  }
}

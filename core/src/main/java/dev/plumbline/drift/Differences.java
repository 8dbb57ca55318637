package dev.plumbline.drift;

import dev.plumbline.claim.Definitions;
import dev.plumbline.claim.Kind;
import dev.plumbline.claim.Likeness;
import dev.plumbline.parser.PostgresParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares two catalogues, object by object. Definitions whose texts differ are compared as parse
 * trees, where this build has the parser: after a dump and restore, or by another major version,
 * the same is printed in other words. Any thread may use it.
 */
public final class Differences {
  private final PostgresParser parser;

  public Differences(PostgresParser parser) {
    this.parser = parser;
  }

  /**
   * What is on one side only, or not the same, in the order of {@link Snapshot#objects}; of a table
   * that is on one side only nothing is listed that belongs to it.
   */
  public List<Difference> between(Snapshot left, Snapshot right) {
    Map<SchemaObject.Key, SchemaObject> ofLeft = byKey(left);
    Map<SchemaObject.Key, SchemaObject> ofRight = byKey(right);
    boolean sameServer = left.server().equals(right.server());
    Definitions definitions =
        left.server().startsWith("SQLite") ? Definitions.sqlite() : Definitions.postgres(parser);
    List<Difference> found = new ArrayList<>();
    Stream.concat(left.objects().stream(), right.objects().stream())
        .sorted(SchemaObject.ORDER)
        .map(SchemaObject::key)
        .distinct()
        .forEach(
            key ->
                difference(
                        definitions,
                        key,
                        Optional.ofNullable(ofLeft.get(key)),
                        Optional.ofNullable(ofRight.get(key)),
                        sameServer)
                    .ifPresent(found::add));
    return withoutMembersOf(lonely(found), found);
  }

  private static Map<SchemaObject.Key, SchemaObject> byKey(Snapshot snapshot) {
    Map<SchemaObject.Key, SchemaObject> all = new LinkedHashMap<>();
    snapshot.objects().forEach(object -> all.put(object.key(), object));
    return all;
  }

  private static Optional<Difference> difference(
      Definitions definitions,
      SchemaObject.Key key,
      Optional<SchemaObject> left,
      Optional<SchemaObject> right,
      boolean sameServer) {
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.of(new Difference(key, left, right, true));
    }
    SchemaObject one = left.get();
    SchemaObject other = right.get();
    Likeness likeness =
        one.comment().equals(other.comment())
            ? likeness(definitions, key, one, other)
            : Likeness.DIFFERENT;
    return switch (likeness) {
      case SAME -> Optional.empty();
      // One version prints one definition in one way, but for where casts stand.
      case UNSURE -> Optional.of(new Difference(key, left, right, sameServer));
      case DIFFERENT -> Optional.of(new Difference(key, left, right, true));
    };
  }

  private static Likeness likeness(
      Definitions definitions, SchemaObject.Key key, SchemaObject one, SchemaObject other) {
    return one.definition().equals(other.definition())
        ? Likeness.SAME
        : definitions.likeness(key.kind(), one.definition(), other.definition());
  }

  private static Set<String> lonely(List<Difference> found) {
    return found.stream()
        .filter(d -> d.left().isEmpty() || d.right().isEmpty())
        .filter(d -> d.key().kind() == Kind.TABLE)
        .map(d -> d.key().schema() + "." + d.key().name())
        .collect(Collectors.toSet());
  }

  private static List<Difference> withoutMembersOf(Set<String> tables, List<Difference> found) {
    return found.stream()
        .filter(
            d ->
                d.key().table().isEmpty()
                    || !tables.contains(d.key().schema() + "." + d.key().table().get()))
        .toList();
  }
}

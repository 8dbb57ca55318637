package dev.plumbline.lint;

import dev.plumbline.schema.LiveObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A live database's objects, read once before the lint. Immutable. */
public final class LiveSchema implements LiveTables {
  private final Map<String, List<LiveObject>> objects;

  public LiveSchema(Collection<LiveObject> objects) {
    this.objects = objects.stream().collect(Collectors.groupingBy(LiveObject::name));
  }

  @Override
  public boolean exists(Relation table) {
    return named(table).findAny().isPresent();
  }

  @Override
  public OptionalLong rows(Relation table) {
    return named(table).flatMapToLong(object -> object.rows().stream()).findFirst();
  }

  @Override
  public boolean forcesRowSecurity(Relation table) {
    return named(table).anyMatch(LiveObject::forcesRowSecurity);
  }

  private Stream<LiveObject> named(Relation name) {
    return objects.getOrDefault(name.name(), List.of()).stream()
        .filter(object -> new Relation(object.schema(), object.name()).same(name));
  }
}

package dev.plumbline.claim;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The name of an object as a statement writes it, folded and without quotes.
 *
 * @param schema if the statement names one
 * @param path where it lies otherwise: the search path that the statements had set before; empty:
 *     the session's own, {@link #ANYWHERE}: not known
 */
public record ObjectName(Optional<String> schema, String name, List<String> path) {
  /** A search path that was set to something that cannot be read from the text. */
  static final List<String> ANYWHERE = List.of("*");

  private static final String USUAL_SCHEMA = "public";

  public ObjectName {
    path = schema.isPresent() ? List.of() : List.copyOf(path);
  }

  /** A name that lies in no schema, such as a column's. */
  static ObjectName plain(String name) {
    return new ObjectName(Optional.empty(), name, List.of());
  }

  ObjectName named(String newName) {
    return new ObjectName(schema, newName, path);
  }

  ObjectName inSchema(String newSchema) {
    return new ObjectName(Optional.of(newSchema), name, List.of());
  }

  /** Whether two names mean one object. */
  Match match(ObjectName other) {
    if (!name.equals(other.name)) {
      return Match.NO;
    }
    if (schema.isPresent() && other.schema.isPresent()) {
      return schema.equals(other.schema) ? Match.SURE : Match.NO;
    }
    if (schema.isEmpty() && other.schema.isEmpty()) {
      boolean apart = isSet() && other.isSet() && Collections.disjoint(path, other.path);
      return path.equals(other.path) ? Match.SURE : apart ? Match.NO : Match.MAYBE;
    }
    String stated = schema.or(() -> other.schema).orElseThrow();
    List<String> searched = schema.isPresent() ? other.path : path;
    String first = searched.isEmpty() ? USUAL_SCHEMA : searched.getFirst();
    return stated.equals(first) ? Match.SURE : Match.MAYBE;
  }

  /** Whether the statements have set the path, to schemas that are known. */
  private boolean isSet() {
    return !path.isEmpty() && !path.equals(ANYWHERE) && !path.contains("$user");
  }

  /** Whether two names mean one object; one statement names the schema, another may not. */
  enum Match {
    SURE,
    MAYBE,
    NO
  }

  @Override
  public String toString() {
    return schema.filter(s -> !s.equals(USUAL_SCHEMA)).map(s -> s + ".").orElse("") + name;
  }
}

package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column's or argument's type, in a form in which two ways to write it are equal.
 *
 * @param schema of a type that is none of PostgreSQL's own, where it is written
 * @param name as in {@code pg_type}: {@code int4}, not {@code integer}
 * @param modifiers such as precision and scale; only of types whose way of writing them is known
 */
public record TypeShape(
    Optional<String> schema, String name, boolean array, List<String> modifiers) {
  private static final Set<String> WITH_MODIFIERS =
      Set.of(
          "varchar",
          "bpchar",
          "numeric",
          "bit",
          "varbit",
          "time",
          "timetz",
          "timestamp",
          "timestamptz");

  public TypeShape {
    modifiers = List.copyOf(modifiers);
  }

  /** Of a node TypeName; empty where it stands for another object's type ({@code t.c%TYPE}). */
  static Optional<TypeShape> of(Node typeName) {
    List<String> names = Trees.strings(typeName.at("names"));
    if (names.isEmpty() || typeName.is("pct_type") || names.getLast().startsWith("_")) {
      return Optional.empty();
    }
    boolean own = names.size() == 1 || names.getFirst().equals("pg_catalog");
    return Optional.of(
        new TypeShape(
            own ? Optional.empty() : Optional.of(names.get(names.size() - 2)),
            withoutSerial(names.getLast()),
            typeName.has("arrayBounds"),
            modifiers(names.getLast(), typeName)));
  }

  static boolean isSerial(Node typeName) {
    List<String> names = Trees.strings(typeName.at("names"));
    return names.size() == 1 && !withoutSerial(names.getFirst()).equals(names.getFirst());
  }

  private static String withoutSerial(String name) {
    return switch (name) {
      case "serial", "serial4" -> "int4";
      case "bigserial", "serial8" -> "int8";
      case "smallserial", "serial2" -> "int2";
      default -> name;
    };
  }

  private static List<String> modifiers(String name, Node typeName) {
    if (!WITH_MODIFIERS.contains(name)) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    for (Node modifier : typeName.at("typmods").items()) {
      found.add(modifier.at("A_Const").at("ival").text("ival"));
    }
    if (name.equals("numeric") && found.size() == 1) {
      found.add("");
    }
    // A zero is left out of the tree.
    return found.stream().map(m -> m.isEmpty() ? "0" : m).toList();
  }

  Likeness likeness(TypeShape printed) {
    if (!name.equals(printed.name) || array != printed.array) {
      return Likeness.DIFFERENT;
    }
    if (schema.isPresent() && printed.schema.isPresent() && !schema.equals(printed.schema)) {
      return Likeness.DIFFERENT;
    }
    return Likeness.of(modifiers.equals(printed.modifiers));
  }

  /** As people write it. */
  @Override
  public String toString() {
    String limits = modifiers.isEmpty() ? "" : "(" + String.join(",", modifiers) + ")";
    return schema.map(s -> s + ".").orElse("") + usualName() + limits + (array ? "[]" : "");
  }

  private String usualName() {
    return switch (name) {
      case "int2" -> "smallint";
      case "int4" -> "integer";
      case "int8" -> "bigint";
      case "float4" -> "real";
      case "float8" -> "double precision";
      case "bool" -> "boolean";
      case "bpchar" -> "character";
      default -> name;
    };
  }
}

package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What names mean at a point of a text: by the search path that was set, and by the temporary
 * tables that were made. Not thread-safe.
 */
final class Names {
  private final Set<String> temporary = new HashSet<>();
  private List<String> path = List.of();
  private Optional<List<String>> outside = Optional.empty();

  List<String> path() {
    return path;
  }

  void setPath(List<String> newPath) {
    path = newPath;
  }

  /** {@code SET LOCAL}: until the transaction ends. */
  void setLocalPath(List<String> newPath) {
    if (outside.isEmpty()) {
      outside = Optional.of(path);
    }
    path = newPath;
  }

  void endTransaction() {
    path = outside.orElse(path);
    outside = Optional.empty();
  }

  /** A node RangeVar, or one like it. */
  ObjectName relation(Node rangeVar) {
    String schema = rangeVar.text("schemaname");
    return new ObjectName(
        schema.isEmpty() ? Optional.empty() : Optional.of(schema), rangeVar.text("relname"), path);
  }

  /** A list of one to three names: the last is the object's. */
  ObjectName qualified(List<String> names) {
    return new ObjectName(
        names.size() < 2 ? Optional.empty() : Optional.of(names.get(names.size() - 2)),
        names.isEmpty() ? "" : names.getLast(),
        path);
  }

  /** Remembers a table that lasts as long as its session; nothing is claimed of it. */
  boolean isTemporary(Node rangeVar) {
    boolean made =
        rangeVar.text("relpersistence").equals("t")
            || rangeVar.text("schemaname").startsWith("pg_temp");
    if (made) {
      temporary.add(rangeVar.text("relname"));
    }
    return made || isTemporary(relation(rangeVar));
  }

  boolean isTemporary(ObjectName name) {
    return name.schema().filter(schema -> schema.startsWith("pg_temp")).isPresent()
        || (name.schema().isEmpty() && temporary.contains(name.name()));
  }

  boolean mentionsTemporary(Node tree) {
    return temporary.stream().anyMatch(name -> Trees.mentions(tree, name));
  }

  void forgetTemporary(String name) {
    temporary.remove(name);
  }

  void renameTemporary(String from, String to) {
    temporary.remove(from);
    temporary.add(to);
  }

  /** The arguments by which a function is told from others of its name. */
  static Optional<List<TypeShape>> arguments(Node parameters) {
    List<Node> input =
        parameters.items().stream()
            .map(parameter -> parameter.at("FunctionParameter"))
            .filter(p -> !p.text("mode").equals("FUNC_PARAM_OUT"))
            .filter(p -> !p.text("mode").equals("FUNC_PARAM_TABLE"))
            .toList();
    List<TypeShape> shapes =
        input.stream().flatMap(p -> TypeShape.of(p.at("argType")).stream()).toList();
    return shapes.size() == input.size() ? Optional.of(shapes) : Optional.empty();
  }

  /** A node ObjectWithArgs. */
  Subject routine(Kind kind, Node object) {
    Optional<List<TypeShape>> arguments =
        object.is("args_unspecified") || kind == Kind.AGGREGATE
            ? Optional.empty()
            : arguments(object.at("objfuncargs"));
    return new Subject(
        kind, Optional.empty(), qualified(Trees.strings(object.at("objname"))), arguments);
  }
}

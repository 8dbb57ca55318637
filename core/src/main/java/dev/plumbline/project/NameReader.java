package dev.plumbline.project;

import dev.plumbline.dialect.Name;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.ScalarType;
import dev.plumbline.project.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the names of tables and columns. */
final class NameReader {
  private final ProjectFile file;

  NameReader(ProjectFile file) {
    this.file = file;
  }

  Optional<Name> name(String key, YamlNode node) {
    if (node instanceof Scalar scalar && isName(scalar)) {
      return Optional.of(of(scalar));
    }
    file.problem(
        node.start(),
        "`" + key + "` is a name, but here is " + node.description(),
        file.rest(node.start()).strip(),
        "Write the name; one that reads like a number or a word of YAML is put in quotes.");
    return Optional.empty();
  }

  private static boolean isName(Scalar scalar) {
    return scalar.type() == ScalarType.TEXT && scalar.isOneLine() && !scalar.value().isBlank();
  }

  /** The name that a key of a map is; keys are names whatever they look like. */
  static Name of(Scalar scalar) {
    return new Name(scalar.value(), scalar.firstCharacter());
  }

  /** One name or a list of names, each once. */
  Optional<List<Name>> names(String key, YamlNode node) {
    if (!(node instanceof Sequence list)) {
      return name(key, node).map(List::of);
    }
    if (list.items().isEmpty()) {
      return empty(key, node, "[a, b]");
    }
    List<Name> names = new ArrayList<>();
    for (YamlNode item : list.items()) {
      name(key, item).ifPresent(names::add);
    }
    return names.size() == list.items().size() && eachOnce(key, names)
        ? Optional.of(names)
        : Optional.empty();
  }

  /** Which column equals which: one name, a list of names, or a map from name to name. */
  Optional<Map<Name, Name>> pairs(String key, YamlNode node) {
    if (node instanceof Mapping map) {
      return map.entries().isEmpty() ? empty(key, node, "{a: b}") : pairs(key, map);
    }
    return names(key, node)
        .map(
            names -> {
              Map<Name, Name> same = new LinkedHashMap<>();
              names.forEach(name -> same.put(name, name));
              return same;
            });
  }

  private Optional<Map<Name, Name>> pairs(String key, Mapping map) {
    Map<Name, Name> pairs = new LinkedHashMap<>();
    for (KeyValue entry : Fields.byName(file, map).values()) {
      name(key, entry.value()).ifPresent(name -> pairs.put(of(entry.key()), name));
    }
    return pairs.size() == map.entries().size() && eachOnce(key, List.copyOf(pairs.values()))
        ? Optional.of(pairs)
        : Optional.empty();
  }

  private boolean eachOnce(String key, List<Name> names) {
    Set<String> seen = new HashSet<>();
    boolean once = true;
    for (Name name : names) {
      if (!seen.add(name.text())) {
        once = false;
        file.problem(
            name.position(),
            "`" + name.text() + "` stands twice in `" + key + "`",
            name.text(),
            "Keep one of the two.");
      }
    }
    return once;
  }

  private <T> Optional<T> empty(String key, YamlNode node, String example) {
    file.problem(
        node.start(),
        "`" + key + "` is empty",
        file.rest(node.start()).strip(),
        "Write such as `" + key + ": " + example + "`, or remove the key.");
    return Optional.empty();
  }
}

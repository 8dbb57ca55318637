package dev.plumbline.project;

import dev.plumbline.error.Position;
import dev.plumbline.error.Suggestion;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Scalar;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The keys of one map, each known and each there once. */
final class Fields {
  private final ProjectFile file;
  private final Position start;
  private final Map<String, KeyValue> entries;
  private final boolean anyUnknown;

  private Fields(
      ProjectFile file, Position start, Map<String, KeyValue> entries, boolean anyUnknown) {
    this.file = file;
    this.start = start;
    this.entries = entries;
    this.anyUnknown = anyUnknown;
  }

  /** Reads a map that may hold the given keys; empty, with a problem, if it is no map. */
  static Optional<Fields> of(
      ProjectFile file, YamlNode node, String what, Collection<String> known) {
    return of(file, node, what, known, known);
  }

  /**
   * The same where not all known keys make sense together: those that do are listed in messages.
   */
  static Optional<Fields> of(
      ProjectFile file,
      YamlNode node,
      String what,
      Collection<String> known,
      Collection<String> listed) {
    if (!(node instanceof Mapping map)) {
      file.problem(
          node.start(),
          what + " is a map, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write `key: value` lines; the keys are " + String.join(", ", listed) + ".");
      return Optional.empty();
    }
    boolean anyUnknown = false;
    for (KeyValue entry : map.entries()) {
      if (!known.contains(entry.key().value())) {
        anyUnknown = true;
        Collection<String> meant =
            Suggestion.closest(entry.key().value(), known).isPresent() ? known : listed;
        unknown(file, entry.key(), meant);
      }
    }
    return Optional.of(new Fields(file, map.start(), byName(file, map), anyUnknown));
  }

  private static void unknown(ProjectFile file, Scalar key, Collection<String> known) {
    file.problem(
        key.start(),
        "the key `" + key.value() + "` is not known",
        key.value(),
        Suggestion.sentence(key.value(), known));
  }

  /** The entries of any map by their keys; a key that stands there again is a problem. */
  static Map<String, KeyValue> byName(ProjectFile file, Mapping map) {
    Map<String, KeyValue> entries = new LinkedHashMap<>();
    for (KeyValue entry : map.entries()) {
      KeyValue first = entries.putIfAbsent(entry.key().value(), entry);
      if (first != null) {
        file.problem(
            entry.key().start(),
            "the key `" + entry.key().value() + "` stands here twice",
            entry.key().value(),
            "Keep one of the two; the first is in line " + first.key().start().line() + ".");
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  boolean anyUnknown() {
    return anyUnknown;
  }

  Position start() {
    return start;
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Where a key stands; the map's beginning where it does not. */
  Position position(String key) {
    KeyValue entry = entries.get(key);
    return entry == null ? start : entry.key().start();
  }

  Optional<YamlNode> find(String key) {
    return Optional.ofNullable(entries.get(key)).map(KeyValue::value);
  }

  /** The value of a key that must be there. */
  Optional<YamlNode> require(String key, String example) {
    if (!has(key)) {
      file.problem(start, "`" + key + "` is missing", "", "Add it, such as `" + example + "`.");
    }
    return find(key);
  }
}

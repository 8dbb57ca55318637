package dev.plumbline.project;

import dev.plumbline.document.PathPattern;
import dev.plumbline.document.Preserve;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code preserve}: what must be found again. */
final class PreserveReader {
  static final List<String> KEYS = List.of("at", "jq", "except", "copies", "additions");
  static final List<String> ALLOWED = List.of("allowed");

  private final ProjectFile file;
  private final ScalarReader scalars;
  private final ProgramReader programs;

  PreserveReader(ProjectFile file, ProgramReader programs) {
    this.file = file;
    this.scalars = new ScalarReader(file);
    this.programs = programs;
  }

  List<Preserve> read(YamlNode node) {
    if (!(node instanceof Mapping map) || map.entries().isEmpty()) {
      file.problem(
          node.start(),
          "`preserve` is a map from a name to what must be found again, but here is "
              + node.description(),
          file.rest(node.start()).strip(),
          "Write such as `modules:` and, indented below it, `at: \"{pathway}.modules.{module}\"`.");
      return List.of();
    }
    List<Preserve> rules = new ArrayList<>();
    for (KeyValue entry : Fields.byName(file, map).values()) {
      String name = entry.key().value();
      Fields.of(file, entry.value(), "`" + name + "`", KEYS)
          .flatMap(fields -> rule(name, fields))
          .ifPresent(rules::add);
    }
    return rules;
  }

  private Optional<Preserve> rule(String name, Fields fields) {
    boolean copies = allowed(fields, "copies");
    boolean additions = allowed(fields, "additions");
    return values(name, fields).map(values -> new Preserve(name, values, copies, additions));
  }

  private boolean allowed(Fields fields, String key) {
    return fields.find(key).flatMap(node -> scalars.choice(key, node, ALLOWED)).isPresent();
  }

  private Optional<Preserve.Values> values(String name, Fields fields) {
    if (fields.has("at") == fields.has("jq")) {
      file.problem(
          fields.position("jq"),
          "`" + name + "` says " + (fields.has("at") ? "both `at` and `jq`" : "not what it is"),
          "",
          "Write one of `at` (paths) and `jq` (a program).");
      return Optional.empty();
    }
    if (fields.has("jq")) {
      refuse(fields, "except");
      return fields
          .find("jq")
          .flatMap(node -> programs.read("jq", node))
          .map(Preserve.Values.Emitted::new);
    }
    List<PathPattern> except =
        fields.find("except").map(node -> patterns("except", node)).orElse(List.of());
    List<PathPattern> at = fields.find("at").map(node -> patterns("at", node)).orElse(List.of());
    sameNames(fields, at);
    return at.isEmpty() ? Optional.empty() : Optional.of(new Preserve.Values.At(at, except));
  }

  private void refuse(Fields fields, String key) {
    if (fields.has(key)) {
      file.problem(fields.position(key), "`" + key + "` goes with `at` only", key, "Remove it.");
    }
  }

  private void sameNames(Fields fields, List<PathPattern> patterns) {
    Set<Set<String>> names = new LinkedHashSet<>();
    patterns.forEach(pattern -> names.add(new TreeSet<>(pattern.names())));
    if (names.size() > 1) {
      file.problem(
          fields.position("at"),
          "the paths of `at` do not have the same names in braces",
          "",
          "Give each path the same names: by them values are found again. `*` is a key without one.");
    }
  }

  /** One path or a list of them. */
  private List<PathPattern> patterns(String key, YamlNode node) {
    List<? extends YamlNode> items = node instanceof Sequence list ? list.items() : List.of(node);
    if (items.isEmpty()) {
      file.problem(
          node.start(), "`" + key + "` is empty", "", "Write at least one path, or remove it.");
    }
    List<PathPattern> patterns = new ArrayList<>();
    for (YamlNode item : items) {
      scalars.label(key, item).flatMap(text -> pattern(item, text)).ifPresent(patterns::add);
    }
    return patterns;
  }

  private Optional<PathPattern> pattern(YamlNode node, String text) {
    try {
      return Optional.of(PathPattern.parse(text));
    } catch (IllegalArgumentException e) {
      file.problem(
          node.start(),
          "`" + text + "` is no path: " + e.getMessage(),
          text,
          "Write keys with dots between them, such as `{pathway}.courses.*.modules.{module}`.");
      return Optional.empty();
    }
  }
}

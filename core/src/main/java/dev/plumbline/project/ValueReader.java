package dev.plumbline.project;

import dev.plumbline.dialect.Name;
import dev.plumbline.invariant.Value;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what columns are set to: a literal, or {@code sql:} and an expression. */
final class ValueReader {
  private static final List<String> KEYS = List.of("sql");

  private final ProjectFile file;
  private final FragmentReader fragments;

  ValueReader(ProjectFile file) {
    this.file = file;
    this.fragments = new FragmentReader(file);
  }

  /** A map from column to value. */
  Optional<Map<Name, Value>> values(String key, YamlNode node) {
    if (!(node instanceof Mapping map) || map.entries().isEmpty()) {
      file.problem(
          node.start(),
          "`" + key + "` is a map from column to value, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write such as `" + key + ": {active: true}`.");
      return Optional.empty();
    }
    Map<Name, Value> values = new LinkedHashMap<>();
    for (KeyValue entry : Fields.byName(file, map).values()) {
      value(entry.key().value(), entry.value())
          .ifPresent(value -> values.put(NameReader.of(entry.key()), value));
    }
    return values.size() == map.entries().size() ? Optional.of(values) : Optional.empty();
  }

  /** One value. Nothing after the colon is no value; NULL is written {@code null}. */
  Optional<Value> value(String key, YamlNode node) {
    if (node instanceof Mapping) {
      return Fields.of(file, node, "the value of `" + key + "`", KEYS)
          .flatMap(fields -> fields.require("sql", "sql: now()"))
          .flatMap(sql -> fragments.read("sql", sql))
          .map(Value.Expression::new);
    }
    if (node instanceof Scalar scalar && !scalar.isAbsent()) {
      return literal(key, scalar);
    }
    return wrong(key, node);
  }

  private Optional<Value> literal(String key, Scalar scalar) {
    return switch (scalar.type()) {
      case NULL -> Optional.of(new Value.Null());
      case BOOL -> Optional.of(new Value.Bool(Boolean.parseBoolean(scalar.value())));
      case TEXT -> Optional.of(new Value.Text(scalar.value()));
      case INTEGER, DECIMAL ->
          Numbers.parse(scalar).<Value>map(Value.Number::new).or(() -> wrong(key, scalar));
    };
  }

  private Optional<Value> wrong(String key, YamlNode node) {
    file.problem(
        node.start(),
        "`" + key + "` has no value that a column can hold: here is " + node.description(),
        file.rest(node.start()).strip(),
        "Write null, true, a number, text, or {sql: \"an expression\"}.");
    return Optional.empty();
  }
}

package dev.plumbline.project;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.invariant.Agree;
import dev.plumbline.invariant.Derive;
import dev.plumbline.invariant.Every;
import dev.plumbline.invariant.Exist;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.invariant.None;
import dev.plumbline.invariant.Terms;
import dev.plumbline.invariant.Value;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what each kind of invariant says; empty, with problems, if that is not whole. */
final class KindReader {
  /** What a statement about an object of the schema begins with. */
  private static final Set<String> DEFINING = Set.of("CREATE", "ALTER", "DROP", "COMMENT");

  private final ProjectFile file;
  private final Fields fields;
  private final NameReader names;
  private final FragmentReader fragments;
  private final ValueReader values;

  KindReader(ProjectFile file, Fields fields) {
    this.file = file;
    this.fields = fields;
    this.names = new NameReader(file);
    this.fragments = new FragmentReader(file);
    this.values = new ValueReader(file);
  }

  Optional<Invariant> derive(Optional<Terms> terms) {
    Optional<Name> table = requireName("table", "table: orders");
    Optional<Map<Name, Fragment>> columns = fields.find("derive").flatMap(this::expressions);
    Optional<Derive.Source> source = source(columns.map(Map::keySet).map(List::copyOf));
    return isWhole()
        ? Optional.of(
            new Derive(terms.orElseThrow(), table.orElseThrow(), columns.orElseThrow(), source))
        : Optional.empty();
  }

  private Optional<Map<Name, Fragment>> expressions(YamlNode node) {
    if (!(node instanceof Mapping map) || map.entries().isEmpty()) {
      file.problem(
          node.start(),
          "`derive` is a map from column to expression, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write such as `derive: {total: count(*)}`.");
      return Optional.empty();
    }
    Map<Name, Fragment> expressions = new LinkedHashMap<>();
    for (KeyValue entry : Fields.byName(file, map).values()) {
      fragments
          .read(entry.key().value(), entry.value())
          .ifPresent(expression -> expressions.put(NameReader.of(entry.key()), expression));
    }
    return Optional.of(expressions);
  }

  private Optional<Derive.Source> source(Optional<List<Name>> columns) {
    if (!fields.has("from")) {
      refuseWithoutFrom("by");
      refuseWithoutFrom("empty");
      return Optional.empty();
    }
    Optional<Fragment> from = requireFragment("from", "from: lessons");
    Optional<Map<Name, Name>> by =
        fields.require("by", "by: course_id").flatMap(node -> names.pairs("by", node));
    Map<Name, Value> empty =
        fields
            .find("empty")
            .flatMap(node -> columns.flatMap(derived -> empty(node, derived)))
            .orElse(Map.of());
    return from.isPresent() && by.isPresent()
        ? Optional.of(new Derive.Source(from.get(), by.get(), empty))
        : Optional.empty();
  }

  private void refuseWithoutFrom(String key) {
    if (fields.has(key)) {
      file.problem(
          fields.position(key),
          "`" + key + "` has no meaning without `from`",
          key,
          "Add `from`, the table or query that the expressions aggregate, or remove it.");
    }
  }

  /** A value for each column named, or one value where one column is derived. */
  private Optional<Map<Name, Value>> empty(YamlNode node, List<Name> derived) {
    List<String> columns = derived.stream().map(Name::text).toList();
    if (node instanceof Mapping map && !isExpression(map, columns)) {
      return Fields.of(file, node, "`empty`", columns)
          .flatMap(known -> values.values("empty", node));
    }
    if (derived.size() == 1) {
      return values.value("empty", node).map(value -> Map.of(derived.getFirst(), value));
    }
    file.problem(
        node.start(),
        "`empty` does not say which of the derived columns it is for",
        file.rest(node.start()).strip(),
        "Write a map from column to value; the columns are " + String.join(", ", columns) + ".");
    return Optional.empty();
  }

  private static boolean isExpression(Mapping map, List<String> columns) {
    return map.entries().size() == 1
        && map.entries().getFirst().key().value().equals("sql")
        && !columns.contains("sql");
  }

  Optional<Invariant> every(Optional<Terms> terms) {
    Optional<Fragment> every = requireFragment("every", "every: SELECT …");
    Optional<Name> has = requireName("has", "has: enrollments");
    Optional<Map<Name, Name>> match =
        fields
            .require("match", "match: [student_id, course_id]")
            .flatMap(node -> names.pairs("match", node));
    Map<Name, Value> with = columnValues("with");
    Map<Name, Value> insert = columnValues("insert");
    new EveryCheck(file).check(match.orElse(Map.of()), with, insert);
    return isWhole()
        ? Optional.of(
            new Every(
                terms.orElseThrow(),
                every.orElseThrow(),
                has.orElseThrow(),
                match.orElseThrow(),
                with,
                insert))
        : Optional.empty();
  }

  private Map<Name, Value> columnValues(String key) {
    return fields.find(key).flatMap(node -> values.values(key, node)).orElse(Map.of());
  }

  Optional<Invariant> none(Optional<Terms> terms) {
    Optional<Fragment> none = requireFragment("none", "none: SELECT …");
    Optional<Name> of = fields.find("of").flatMap(node -> names.name("of", node));
    if (!fields.has("key") && !fields.has("of")) {
      file.problem(
          fields.position("none"),
          "`key` is missing: nothing says which columns tell the query's rows apart",
          "none",
          "Add it, such as `key: id`, or `of` and a table whose primary key they hold.");
    }
    return isWhole()
        ? Optional.of(new None(terms.orElseThrow(), none.orElseThrow(), of))
        : Optional.empty();
  }

  Optional<Invariant> agree(Optional<Terms> terms) {
    Optional<Fields> sides =
        fields.find("agree").flatMap(node -> Fields.of(file, node, "`agree`", InvariantKeys.SIDES));
    if (sides.isEmpty()) {
      return Optional.empty();
    }
    Optional<Fragment> left = side(sides.get(), "left");
    Optional<Fragment> right = side(sides.get(), "right");
    Optional<List<Name>> by =
        sides.get().require("by", "by: id").flatMap(node -> names.names("by", node));
    return isWhole()
        ? Optional.of(
            new Agree(
                terms.orElseThrow(), left.orElseThrow(), right.orElseThrow(), by.orElseThrow()))
        : Optional.empty();
  }

  private Optional<Fragment> side(Fields sides, String key) {
    return sides.require(key, key + ": SELECT …").flatMap(node -> fragments.read(key, node));
  }

  Optional<Invariant> exist(Optional<Terms> terms) {
    List<Fragment> objects = fields.find("exist").map(this::statements).orElse(List.of());
    return isWhole() ? Optional.of(new Exist(terms.orElseThrow(), objects)) : Optional.empty();
  }

  private List<Fragment> statements(YamlNode node) {
    if (!(node instanceof Sequence list) || list.items().isEmpty()) {
      file.problem(
          node.start(),
          "`exist` is a list of statements, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write each statement on a line that begins with `- CREATE`, ALTER, DROP or COMMENT.");
      return List.of();
    }
    List<Fragment> statements = new ArrayList<>();
    for (YamlNode item : list.items()) {
      fragments.read("exist", item).filter(this::defines).ifPresent(statements::add);
    }
    return statements;
  }

  private boolean defines(Fragment statement) {
    SqlScan scan = SqlScan.of(statement.text());
    SqlScan.Token first = scan.code().getFirst();
    boolean defines = DEFINING.contains(scan.text(first).toUpperCase(Locale.ROOT));
    if (!defines) {
      file.problem(
          statement.at(first.start()),
          "`" + scan.text(first) + "` makes no object",
          statement.text().strip(),
          "Write the statement that makes it so, beginning with CREATE, ALTER, DROP or COMMENT.");
    }
    return defines;
  }

  private Optional<Name> requireName(String key, String example) {
    return fields.require(key, example).flatMap(node -> names.name(key, node));
  }

  private Optional<Fragment> requireFragment(String key, String example) {
    return fields.require(key, example).flatMap(node -> fragments.read(key, node));
  }

  private boolean isWhole() {
    return !file.hasProblems();
  }
}

package dev.plumbline.project;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import dev.plumbline.invariant.RepairStep;
import dev.plumbline.invariant.Value;
import dev.plumbline.project.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of a declared repair. */
final class RepairReader {
  static final List<String> INSERT = List.of("insert into", "columns", "select");
  static final List<String> UPDATE = List.of("update", "set", "where");
  static final List<String> DELETE = List.of("delete from", "where", "cascades");

  private static final List<List<String>> FORMS = List.of(INSERT, UPDATE, DELETE);

  private final ProjectFile file;
  private final NameReader names;
  private final FragmentReader fragments;

  RepairReader(ProjectFile file) {
    this.file = file;
    this.names = new NameReader(file);
    this.fragments = new FragmentReader(file);
  }

  List<RepairStep> steps(YamlNode node) {
    if (!(node instanceof Sequence list) || list.items().isEmpty()) {
      file.problem(
          node.start(),
          "`repair` is a list of steps, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Begin each step with `- insert into: table`, `- update: table` or"
              + " `- delete from: table`.");
      return List.of();
    }
    List<RepairStep> steps = new ArrayList<>();
    for (YamlNode item : list.items()) {
      Fields.of(file, item, "a step", anyForm()).flatMap(this::step).ifPresent(steps::add);
    }
    return steps;
  }

  private static Set<String> anyForm() {
    Set<String> keys = new LinkedHashSet<>();
    FORMS.forEach(keys::addAll);
    return keys;
  }

  private Optional<RepairStep> step(Fields fields) {
    List<List<String>> forms = FORMS.stream().filter(f -> fields.has(f.getFirst())).toList();
    if (forms.size() != 1) {
      return notOneForm(fields, forms);
    }
    List<String> form = forms.getFirst();
    refuseForeignKeys(fields, form);
    Optional<Name> table =
        fields.find(form.getFirst()).flatMap(node -> names.name(form.getFirst(), node));
    return switch (form.getFirst()) {
      case "insert into" -> insert(fields, table);
      case "update" -> update(fields, table);
      default -> delete(fields, table);
    };
  }

  private Optional<RepairStep> notOneForm(Fields fields, List<List<String>> forms) {
    boolean none = forms.isEmpty();
    if (none && fields.anyUnknown()) {
      return Optional.empty();
    }
    file.problem(
        none ? fields.start() : fields.position(forms.get(1).getFirst()),
        none ? "this step does not say what it does" : "a step does one thing to one table",
        "",
        none
            ? "Begin it with `insert into: table`, `update: table` or `delete from: table`."
            : "Make two steps of it, each with its own `-`.");
    return Optional.empty();
  }

  private void refuseForeignKeys(Fields fields, List<String> form) {
    for (String key : anyForm()) {
      if (fields.has(key) && !form.contains(key)) {
        file.problem(
            fields.position(key),
            "`" + key + "` has no meaning with `" + form.getFirst() + "`",
            key,
            "Allowed here: " + String.join(", ", form) + ".");
      }
    }
  }

  private Optional<RepairStep> insert(Fields fields, Optional<Name> table) {
    List<Name> columns =
        fields.find("columns").flatMap(node -> names.names("columns", node)).orElse(List.of());
    Optional<Fragment> select =
        fields
            .require("select", "select: SELECT … FROM violation")
            .flatMap(node -> fragments.read("select", node));
    return table.isPresent() && select.isPresent()
        ? Optional.of(new RepairStep.InsertRows(table.get(), columns, select.get()))
        : Optional.empty();
  }

  private Optional<RepairStep> update(Fields fields, Optional<Name> table) {
    Optional<Map<Name, Value>> set =
        fields
            .require("set", "set: {status: active}")
            .flatMap(node -> new ValueReader(file).values("set", node));
    Optional<Fragment> where = where(fields);
    return table.isPresent() && set.isPresent() && where.isPresent()
        ? Optional.of(new RepairStep.UpdateRows(table.get(), set.get(), where.get()))
        : Optional.empty();
  }

  private Optional<RepairStep> delete(Fields fields, Optional<Name> table) {
    Optional<Fragment> where = where(fields);
    List<Name> cascades =
        fields.find("cascades").flatMap(node -> names.names("cascades", node)).orElse(List.of());
    return table.isPresent() && where.isPresent()
        ? Optional.of(new RepairStep.DeleteRows(table.get(), where.get(), cascades))
        : Optional.empty();
  }

  private Optional<Fragment> where(Fields fields) {
    return fields
        .require("where", "where: id IN (SELECT id FROM violation)")
        .flatMap(node -> fragments.read("where", node));
  }
}

package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Small questions to parse trees. */
final class Trees {
  /** Fields that list columns by name. */
  private static final Set<String> COLUMN_LISTS =
      Set.of("keys", "fk_attrs", "including", "columns", "fk_del_set_cols");

  private Trees() {}

  /** The texts of a list of names. */
  static List<String> strings(Node list) {
    return list.items().stream().map(Trees::string).toList();
  }

  /** The text of a name. */
  static String string(Node name) {
    return name.at("String").text("sval");
  }

  static Node list(List<String> names) {
    return new Node.Items(
        names.stream()
            .<Node>map(
                name -> fields("String", new Node.Fields(Map.of("sval", new Node.Leaf(name)))))
            .toList());
  }

  private static Node fields(String name, Node value) {
    return new Node.Fields(Map.of(name, value));
  }

  /** The node with one more field, or another value of it. */
  static Node with(Node node, String field, Node value) {
    Map<String, Node> all = new LinkedHashMap<>();
    if (node instanceof Node.Fields fields) {
      all.putAll(fields.fields());
    }
    all.put(field, value);
    return new Node.Fields(all);
  }

  /** The node without a field. */
  static Node without(Node node, String field) {
    Map<String, Node> rest = new LinkedHashMap<>();
    if (node instanceof Node.Fields fields) {
      rest.putAll(fields.fields());
    }
    rest.remove(field);
    return new Node.Fields(rest);
  }

  /** The tree with another word in place of each leaf that is the word. */
  static Node replaceWord(Node node, String word, String by) {
    return switch (node) {
      case Node.Leaf leaf -> leaf.value().equals(word) ? new Node.Leaf(by) : leaf;
      case Node.Place place -> place;
      case Node.Items items ->
          new Node.Items(items.items().stream().map(i -> replaceWord(i, word, by)).toList());
      case Node.Fields fields -> {
        Map<String, Node> replaced = new LinkedHashMap<>();
        fields
            .fields()
            .forEach((field, value) -> replaced.put(field, replaceWord(value, word, by)));
        yield new Node.Fields(replaced);
      }
    };
  }

  /** The tree with the arguments of casts in place of the casts. */
  static Node withoutCasts(Node tree) {
    return replace(
        tree,
        fields ->
            fields.has("TypeCast")
                ? Optional.of(withoutCasts(fields.at("TypeCast").at("arg")))
                : Optional.empty());
  }

  /** The tree with the bare names of columns. */
  static Node withoutQualifiers(Node tree) {
    return replace(
        tree,
        fields -> {
          List<Node> names = fields.at("ColumnRef").at("fields").items();
          return names.size() < 2
              ? Optional.empty()
              : Optional.of(
                  fields("ColumnRef", fields("fields", new Node.Items(List.of(names.getLast())))));
        });
  }

  /** The tree with other nodes in place of those for which there is one. */
  private static Node replace(Node node, Function<Node.Fields, Optional<Node>> by) {
    return switch (node) {
      case Node.Leaf leaf -> leaf;
      case Node.Place place -> place;
      case Node.Items items ->
          new Node.Items(items.items().stream().map(item -> replace(item, by)).toList());
      case Node.Fields fields -> by.apply(fields).orElseGet(() -> replaceIn(fields, by));
    };
  }

  private static Node replaceIn(Node.Fields fields, Function<Node.Fields, Optional<Node>> by) {
    Map<String, Node> replaced = new LinkedHashMap<>();
    fields.fields().forEach((field, value) -> replaced.put(field, replace(value, by)));
    return new Node.Fields(replaced);
  }

  /** Whether a word stands anywhere in the tree, as a name or as a text. */
  static boolean mentions(Node node, String word) {
    return switch (node) {
      case Node.Leaf leaf -> leaf.value().equals(word);
      case Node.Place place -> false;
      case Node.Items items -> items.items().stream().anyMatch(item -> mentions(item, word));
      case Node.Fields fields ->
          fields.fields().values().stream().anyMatch(field -> mentions(field, word));
    };
  }

  /** All words of which {@link #mentions} is true. */
  static Set<String> words(Node tree) {
    Set<String> words = new HashSet<>();
    // No recursion: it is asked of every tree, and one may be deeper than a thread's stack.
    Deque<Node> open = new ArrayDeque<>(List.of(tree));
    while (!open.isEmpty()) {
      switch (open.pop()) {
        case Node.Leaf leaf -> words.add(leaf.value());
        case Node.Place place -> {}
        case Node.Items items -> items.items().forEach(open::push);
        case Node.Fields fields -> fields.fields().values().forEach(open::push);
      }
    }
    return words;
  }

  /** The tree with a column's new name, wherever a column is named. */
  static Node renameColumn(Node node, String from, String to) {
    return switch (node) {
      case Node.Leaf leaf -> leaf;
      case Node.Place place -> place;
      case Node.Items items ->
          new Node.Items(items.items().stream().map(i -> renameColumn(i, from, to)).toList());
      case Node.Fields fields -> {
        Map<String, Node> renamed = new LinkedHashMap<>();
        fields
            .fields()
            .forEach((field, value) -> renamed.put(field, renameField(field, value, from, to)));
        yield new Node.Fields(renamed);
      }
    };
  }

  private static Node renameField(String field, Node value, String from, String to) {
    if (COLUMN_LISTS.contains(field)) {
      return list(strings(value).stream().map(name -> name.equals(from) ? to : name).toList());
    }
    if (field.equals("ColumnRef")) {
      List<Node> parts = value.at("fields").items();
      if (!parts.isEmpty() && string(parts.getLast()).equals(from)) {
        List<Node> renamed = new ArrayList<>(parts);
        renamed.set(parts.size() - 1, list(List.of(to)).items().getFirst());
        return with(value, "fields", new Node.Items(List.copyOf(renamed)));
      }
    }
    if (field.equals("IndexElem") && value.text("name").equals(from)) {
      return with(value, "name", new Node.Leaf(to));
    }
    return renameColumn(value, from, to);
  }
}

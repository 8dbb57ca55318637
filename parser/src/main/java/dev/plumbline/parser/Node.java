package dev.plumbline.parser;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A piece of a parse tree. The names are those of PostgreSQL's own nodes ({@code parsenodes.h});
 * fields that are zero, false or empty are left out, and asking for them gives {@link Fields#NONE}.
 */
public sealed interface Node {
  /** Named fields, in the parser's order. */
  record Fields(Map<String, Node> fields) implements Node {
    /** What is not there. */
    public static final Fields NONE = new Fields(Map.of());
  }

  /** A list. */
  record Items(List<Node> items) implements Node {}

  /** A text, a number, {@code true} or {@code false}. */
  record Leaf(String value) implements Node {}

  /** A place in the parsed text, in chars from 0. */
  record Place(int offset) implements Node {}

  /** The field of this name, or {@link Fields#NONE}. */
  default Node at(String field) {
    return this instanceof Fields all ? all.fields().getOrDefault(field, Fields.NONE) : Fields.NONE;
  }

  /** Whether the field is there; some, such as {@code A_Star}, are there and empty. */
  default boolean has(String field) {
    return this instanceof Fields all && all.fields().containsKey(field);
  }

  /** The list's items; none if it is no list. */
  default List<Node> items() {
    return this instanceof Items list ? list.items() : List.of();
  }

  /** The text of a leaf; empty for anything else. */
  default String text() {
    return switch (this) {
      case Leaf leaf -> leaf.value();
      case Place place -> Integer.toString(place.offset());
      case Fields all -> "";
      case Items list -> "";
    };
  }

  /** The text of a field; empty if it is not there. */
  default String text(String field) {
    return at(field).text();
  }

  /** Whether a field is true. */
  default boolean is(String field) {
    return text(field).equals("true");
  }

  /** The whole number of a leaf. */
  default OptionalInt number() {
    return text().matches("-?[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(text()))
        : OptionalInt.empty();
  }

  /** Where the node stands in the parsed text, in chars from 0, if PostgreSQL noted it. */
  default OptionalInt location() {
    return at("location") instanceof Place place
        ? OptionalInt.of(place.offset())
        : OptionalInt.empty();
  }

  /** The one field of a wrapped node, {@code {"ColumnRef": {…}}}: its kind and its body. */
  default Optional<Map.Entry<String, Node>> only() {
    return this instanceof Fields all && all.fields().size() == 1
        ? Optional.of(all.fields().entrySet().iterator().next())
        : Optional.empty();
  }

  /** The kind of a wrapped node, such as {@code ColumnRef}; empty for anything else. */
  default String kind() {
    return only().map(Map.Entry::getKey).orElse("");
  }

  /** All bodies of a kind in and below this node, outer ones first, in the order of the text. */
  default Stream<Node> all(String kind) {
    return walk().filter(node -> node.has(kind)).map(node -> node.at(kind));
  }

  /**
   * All nodes that have the field, likewise. Needed where a kind can stand without its name: the
   * table of an {@code UPDATE} is in {@code relation} and not called {@code RangeVar}, but it has a
   * {@code relname} as all tables have.
   */
  default Stream<Node> having(String field) {
    return walk().filter(node -> node.has(field));
  }

  /** This node and all below it. */
  private Stream<Node> walk() {
    Stream.Builder<Node> found = Stream.builder();
    // No recursion: an expression may be nested deeper than a thread's stack.
    Deque<Node> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      Node node = open.pop();
      found.add(node);
      switch (node) {
        case Fields all -> List.copyOf(all.fields().values()).reversed().forEach(open::push);
        case Items list -> list.items().reversed().forEach(open::push);
        case Leaf leaf -> {}
        case Place place -> {}
      }
    }
    return found.build();
  }
}

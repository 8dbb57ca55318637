package dev.plumbline.parser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Reads the parser's JSON into nodes, and lets those of one text share what they have in common.
 */
final class TreeReader {
  /** The parser's own output, so no limits; a tree is as deep as the statement's nesting. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final Set<String> LOCATIONS =
      Set.of(
          "location",
          "name_location",
          "list_start",
          "list_end",
          "rexpr_list_start",
          "rexpr_list_end");

  /** Most texts in a tree are the same few words. */
  private final Map<String, Node.Leaf> leaves = new HashMap<>();

  /** Nodes of a kind have the same names. */
  private final Map<List<String>, List<String>> shapes = new HashMap<>();

  /** A list or an object whose end has not been read yet. */
  private sealed interface Open {
    record Fields(List<String> names, List<Node> values) implements Open {}

    record Items(List<Node> items) implements Open {}
  }

  /**
   * Without recursion, since a tree may be deeper than a thread's stack.
   *
   * @param offsets gives the char for a location in the tree
   */
  Node read(String json, IntUnaryOperator offsets) {
    try (JsonParser parser = JSON.createParser(json)) {
      Deque<Open> open = new ArrayDeque<>();
      Deque<String> names = new ArrayDeque<>();
      Node last = Node.Fields.NONE;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> open.push(new Open.Fields(new ArrayList<>(), new ArrayList<>()));
          case START_ARRAY -> open.push(new Open.Items(new ArrayList<>()));
          case FIELD_NAME -> names.push(parser.currentName());
          case END_OBJECT, END_ARRAY -> last = add(closed(open.pop()), open, names);
          default -> last = add(leaf(parser, names, offsets), open, names);
        }
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL's parser gave no JSON", e);
    }
  }

  private Node closed(Open open) {
    return switch (open) {
      case Open.Fields all -> new Node.Fields(fields(all));
      case Open.Items list -> new Node.Items(List.copyOf(list.items()));
    };
  }

  private FieldMap fields(Open.Fields all) {
    List<String> names = List.copyOf(all.names());
    return new FieldMap(shapes.computeIfAbsent(names, shape -> shape), all.values());
  }

  private static Node add(Node node, Deque<Open> open, Deque<String> names) {
    switch (open.peek()) {
      case Open.Fields all -> {
        all.names().add(names.pop());
        all.values().add(node);
      }
      case Open.Items list -> list.items().add(node);
      case null -> {}
    }
    return node;
  }

  private Node leaf(JsonParser parser, Deque<String> names, IntUnaryOperator offsets)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && !names.isEmpty()
        && LOCATIONS.contains(names.peek())
        && parser.getIntValue() >= 0) {
      return new Node.Place(offsets.applyAsInt(parser.getIntValue()));
    }
    return leaves.computeIfAbsent(parser.getText(), Node.Leaf::new);
  }
}

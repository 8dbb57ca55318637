package dev.plumbline.project;

import dev.plumbline.error.Position;
import java.util.List;

/** A piece of a YAML file with its place. */
sealed interface YamlNode {
  Position start();

  /** What it is, for messages: "a list", "a number". */
  String description();

  /** What a scalar means by YAML's core schema. */
  enum ScalarType {
    NULL("null"),
    BOOL("true or false"),
    INTEGER("a number"),
    DECIMAL("a number"),
    TEXT("text");

    private final String description;

    ScalarType(String description) {
      this.description = description;
    }
  }

  /** How a scalar is written. */
  enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED
  }

  /**
   * @param end behind its last character; for block scalars behind the block
   * @param inFlow whether it stands between braces or brackets
   */
  record Scalar(
      Position start, Position end, Style style, ScalarType type, String value, boolean inFlow)
      implements YamlNode {

    /** Whether nothing is written at all, as in {@code where:}. */
    boolean isAbsent() {
      return style == Style.PLAIN && value.isEmpty();
    }

    boolean isOneLine() {
      return start.line() == end.line();
    }

    /** Where its first character stands: behind the quote, if it is quoted. */
    Position firstCharacter() {
      boolean quoted = style == Style.SINGLE_QUOTED || style == Style.DOUBLE_QUOTED;
      return quoted ? new Position(start.file(), start.line(), start.column() + 1) : start;
    }

    @Override
    public String description() {
      return isAbsent() ? "nothing" : type.description;
    }
  }

  record Sequence(Position start, boolean inFlow, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String description() {
      return items.isEmpty() ? "an empty list" : "a list";
    }
  }

  record Mapping(Position start, boolean inFlow, List<KeyValue> entries) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String description() {
      return entries.isEmpty() ? "an empty map" : "a map";
    }
  }

  /** A key of a map and its value. */
  record KeyValue(Scalar key, YamlNode value) {}
}

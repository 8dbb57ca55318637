package dev.plumbline.document;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Paths in a document: {@code {pathway}.courses.*.modules.{module}}. A name in braces stands for
 * one key and remembers it, with {@code {name:glob}} only for some; {@code *} is any one key or
 * index, {@code **} any number of them, also none; within a key {@code *} is any characters. A key
 * that holds a dot, a brace or a star is put in double quotes.
 */
public record PathPattern(String text, List<Segment> segments) {
  public PathPattern {
    segments = List.copyOf(segments);
  }

  /** One part of a path. */
  public sealed interface Segment {
    /** This key. */
    record Key(String key) implements Segment {}

    /** Any key that looks so; {@code name} remembers it, empty: nobody does. */
    record Like(String name, String glob) implements Segment {}

    /** Any number of keys and indexes. */
    record AnyDepth() implements Segment {}
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static PathPattern parse(String text) {
    List<Segment> segments = new ArrayList<>();
    int at = 0;
    while (true) {
      int end = endOfSegment(text, at);
      segments.add(segment(text.substring(at, end)));
      if (end == text.length()) {
        return new PathPattern(text, segments);
      }
      at = end + 1;
    }
  }

  /** Where the dot behind a segment stands, or the text's end. */
  private static int endOfSegment(String text, int from) {
    boolean quoted = false;
    boolean inBraces = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '{' || c == '}')) {
        inBraces = c == '{';
      } else if (c == '.' && !quoted && !inBraces) {
        return i;
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("a quote is not closed");
    }
    if (inBraces) {
      throw new IllegalArgumentException("a brace is not closed");
    }
    return text.length();
  }

  /** The names that it remembers keys by. */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    for (Segment segment : segments) {
      if (segment instanceof Segment.Like like && !like.name().isEmpty()) {
        names.add(like.name());
      }
    }
    return names;
  }

  private static Segment segment(String part) {
    if (part.isEmpty()) {
      throw new IllegalArgumentException("a key is missing between two dots, or at an end");
    }
    if (part.equals("**")) {
      return new Segment.AnyDepth();
    }
    if (part.startsWith("\"")) {
      return quoted(part);
    }
    if (part.startsWith("{")) {
      return named(part);
    }
    if (part.matches(".*[{}\"].*")) {
      throw new IllegalArgumentException("`" + part + "` is neither a key nor a name in braces");
    }
    return part.contains("*") ? new Segment.Like("", part) : new Segment.Key(part);
  }

  private static Segment quoted(String part) {
    if (part.length() < 2 || part.indexOf('"', 1) != part.length() - 1) {
      throw new IllegalArgumentException("`" + part + "` is not one key in quotes");
    }
    return new Segment.Key(part.substring(1, part.length() - 1));
  }

  private static Segment named(String part) {
    if (!part.matches("\\{[A-Za-z_][A-Za-z0-9_]*(:[^{}\"]+)?}")) {
      throw new IllegalArgumentException("`" + part + "` is no name in braces");
    }
    String inside = part.substring(1, part.length() - 1);
    int colon = inside.indexOf(':');
    return colon < 0
        ? new Segment.Like(inside, "*")
        : new Segment.Like(inside.substring(0, colon), inside.substring(colon + 1));
  }

  @Override
  public String toString() {
    return text;
  }
}

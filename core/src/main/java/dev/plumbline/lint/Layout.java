package dev.plumbline.lint;

import java.util.Comparator;
import java.util.List;

/**
 * How a file is laid out: whose migration it is, and which of its parts run when.
 *
 * @param tool whose file it is
 * @param wrapping whether the tool runs the file in one transaction
 * @param parts in the order of the text; each reaches to where the next begins, and what stands
 *     before the first is schema
 */
public record Layout(Tool tool, Wrapping wrapping, List<Part> parts) {
  public Layout {
    parts = parts.stream().sorted(Comparator.comparingInt(Part::start)).toList();
  }

  /** A tool whose files look different from plain SQL. */
  public enum Tool {
    /** Plumbline's own: in a project's {@code migrations/}, or with its directives. */
    PLUMBLINE,
    /** Nothing is known about who runs it. */
    PLAIN
  }

  /** Whether the tool runs the file in one transaction. */
  public enum Wrapping {
    WRAPPED,
    NOT_WRAPPED,
    UNKNOWN
  }

  /** A part of the text, from an offset on. */
  public record Part(int start, Section section) {}

  /** The section of a statement that begins at the offset. */
  Section section(int offset) {
    Section section = Section.SCHEMA;
    for (Part part : parts) {
      if (part.start() > offset) {
        break;
      }
      section = part.section();
    }
    return section;
  }
}

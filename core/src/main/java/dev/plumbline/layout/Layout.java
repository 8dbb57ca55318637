package dev.plumbline.layout;

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

  /** Whether the tool runs the file in one transaction. */
  public enum Wrapping {
    WRAPPED,
    NOT_WRAPPED,
    /**
     * The file goes to the server as one query. Several statements then are one transaction, and a
     * single one has none around it.
     */
    ONE_QUERY,
    UNKNOWN
  }

  /** A part of the text, from an offset on. */
  public record Part(int start, Section section) {}

  /** The section of a statement that begins at the offset. */
  public Section section(int offset) {
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

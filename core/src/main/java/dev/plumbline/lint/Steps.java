package dev.plumbline.lint;

import dev.plumbline.layout.Layout.Part;
import dev.plumbline.layout.Section;
import dev.plumbline.project.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Plumbline's directives cut a file into. */
final class Steps {
  private Steps() {}

  static List<Part> of(List<Directive> directives) {
    List<Part> parts = new ArrayList<>();
    for (Directive directive : directives) {
      section(directive).ifPresent(section -> parts.add(new Part(directive.start(), section)));
    }
    return parts;
  }

  /** The section that a directive opens; steps that hold no SQL count as the one before them. */
  private static Optional<Section> section(Directive directive) {
    return switch (directive.word()) {
      case "expect", "schema", "backfill", "verify" -> Optional.of(Section.SCHEMA);
      case "constrain" -> Optional.of(Section.CONSTRAIN);
      case "document" -> Optional.of(Section.DOCUMENT);
      case "undo" -> Optional.of(Section.UNDO);
      default -> Optional.empty();
    };
  }
}

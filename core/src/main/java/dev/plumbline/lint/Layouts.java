package dev.plumbline.lint;

import dev.plumbline.lint.Layout.Part;
import dev.plumbline.lint.Layout.Tool;
import dev.plumbline.lint.Layout.Wrapping;
import dev.plumbline.project.Directive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out from a file's name and comments how it is laid out. */
final class Layouts {
  /** {@code 0001_users.down.sql}, and {@code down.sql} in a directory of its own. */
  private static final Pattern DOWN = Pattern.compile("(?:.+\\.)?down\\.sql");

  private Layouts() {}

  /**
   * @param own whether the file lies in the migrations of a Plumbline project
   */
  static Layout of(Path file, List<Directive> directives, boolean own) {
    if (own || directives.stream().anyMatch(directive -> section(directive).isPresent())) {
      return new Layout(Tool.PLUMBLINE, Wrapping.WRAPPED, parts(directives));
    }
    if (DOWN.matcher(String.valueOf(file.getFileName())).matches()) {
      return new Layout(Tool.PLAIN, Wrapping.UNKNOWN, List.of(new Part(0, Section.UNDO)));
    }
    return new Layout(Tool.PLAIN, Wrapping.UNKNOWN, List.of());
  }

  private static List<Part> parts(List<Directive> directives) {
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

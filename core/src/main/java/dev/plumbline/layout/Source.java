package dev.plumbline.layout;

import dev.plumbline.layout.Layout.Part;
import java.nio.file.Path;
import java.util.List;

/**
 * What is known of a file before it is known whose it is.
 *
 * @param path as outputs show it
 * @param settings of the tool for this file, where it keeps them in a file beside it; else empty
 * @param own whether {@code plumb migrate} runs it
 * @param steps what Plumbline's directives cut it into; empty where it has none
 */
public record Source(Path path, String text, String settings, boolean own, List<Part> steps) {
  public Source {
    steps = List.copyOf(steps);
  }

  /** A file that some tool runs, without settings beside it. */
  public static Source of(Path path, String text) {
    return new Source(path, text, "", false, List.of());
  }
}

package dev.plumbline.report;

import java.nio.file.Path;
import java.util.Optional;

/** Where the text of a project's files comes from when an error shows the offending line. */
@FunctionalInterface
public interface Sources {

  /** The file's text, if it can be read. */
  Optional<String> text(Path file);
}

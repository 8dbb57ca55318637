package dev.plumbline.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of one document when it was transformed, and the result proven. */
public sealed interface Examination {

  /** The record has no document: the property is missing or empty. */
  record Skipped() implements Examination {}

  /** The transform leaves it as it is. */
  record Unchanged() implements Examination {}

  /**
   * The result is proven and may be written.
   *
   * @param after the new text of each property that is written, the document's own and those that
   *     are written together with it
   * @param counts what the transform counts in it: by the count's name, the labels found
   */
  record Transformed(Map<String, String> after, Map<String, List<String>> counts)
      implements Examination {
    public Transformed {
      after = Map.copyOf(after);
      counts = Map.copyOf(counts);
    }
  }

  /**
   * The result breaks what was declared of it, and must not be written.
   *
   * @param findings at least one
   * @param after what would have been written, where it can be written at all
   */
  record Refused(List<Finding> findings, Optional<Map<String, String>> after)
      implements Examination {
    public Refused {
      findings = List.copyOf(findings);
      after = after.map(Map::copyOf);
    }
  }

  /**
   * It could not be transformed: its text is not JSON, or the program fails on it.
   *
   * @param what in a sentence, with the place
   */
  record Failed(String what) implements Examination {}

  /**
   * What is wrong with a result.
   *
   * @param rule of the transform's file: {@code preserve "modules"}, {@code limits}, …
   * @param path where in the document, as {@code algebra.modules.intro}; empty: the whole of it
   * @param what in a sentence; values are left out
   */
  record Finding(String rule, String path, String what) {}
}

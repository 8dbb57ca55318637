package dev.plumbline.notice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param run how the command line names it, where there is one
 * @param state the run's, or {@code stopped} where an error ended the command
 * @param figures the summary: names and numbers, in the order in which they are told
 */
public record Ending(Optional<String> run, String state, int exitCode, Map<String, Long> figures) {
  public Ending {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** An error ended the command. Its text stays here: it may quote rows. */
  public static Ending stopped(int exitCode) {
    return new Ending(Optional.empty(), "stopped", exitCode, Map.of());
  }
}

package dev.plumbline.lint;

import dev.plumbline.invariant.Invariant;
import dev.plumbline.parser.PostgresParser;
import java.util.List;
import java.util.Optional;

/**
 * What rules may know besides the file: the other files of the run, the project's invariants, and
 * the live schema where a database was named.
 */
public record Surroundings(
    List<LintFile> files,
    Timeline timeline,
    List<Invariant> invariants,
    Optional<LiveTables> live,
    PostgresParser parser) {
  public Surroundings {
    files = List.copyOf(files);
    invariants = List.copyOf(invariants);
  }
}

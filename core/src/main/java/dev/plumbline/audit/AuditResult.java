package dev.plumbline.audit;

import dev.plumbline.error.PlumblineException;
import dev.plumbline.invariant.Invariant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the audit of one invariant found.
 *
 * @param key the names of the key's columns
 * @param columns the names of a violation's columns, key first
 * @param samples the first violations by key
 * @param notes what a reader should know, such as "looked at zero rows"
 * @param error why it could not look; present exactly when the verdict is blind
 */
public record AuditResult(
    Invariant invariant,
    String kind,
    Verdict verdict,
    Optional<Counts> counts,
    List<Segment> segments,
    List<String> key,
    List<String> columns,
    List<Violation> samples,
    List<String> notes,
    Duration took,
    Optional<PlumblineException> error) {
  public AuditResult {
    segments = List.copyOf(segments);
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    samples = List.copyOf(samples);
    notes = List.copyOf(notes);
  }

  /**
   * For those who cannot go on without an answer.
   *
   * @throws PlumblineException if it could not look
   */
  public AuditResult orThrow() {
    if (error.isPresent()) {
      throw error.get();
    }
    return this;
  }
}

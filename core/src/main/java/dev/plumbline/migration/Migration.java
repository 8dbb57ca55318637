package dev.plumbline.migration;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sha256;
import dev.plumbline.error.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A migration as its file states it.
 *
 * @param name the file's name without version and ending
 * @param text the whole file
 * @param expectations counted before the schema step commits
 * @param schema SQL; empty where the file has no such step
 * @param backfills invariants that are repaired, in this order
 * @param verifications invariants that must hold before constraints are made
 * @param constrain SQL that may only run on proven data
 * @param document SQL, comments mostly
 * @param undo SQL that takes schema, constrain and document back
 * @param noBackfill why the file needs no backfill, where it says so
 * @param allowed rules of the lint that the file waives
 * @param checklist what people do for it besides, in the order of the file
 * @param probes what is asked of a service before and after it
 */
public record Migration(
    Path file,
    Version version,
    String name,
    String text,
    List<Expectation> expectations,
    Optional<Fragment> schema,
    List<Reference> backfills,
    List<Reference> verifications,
    Optional<Fragment> constrain,
    Optional<Fragment> document,
    Optional<Fragment> undo,
    Optional<Reason> noBackfill,
    List<Allowance> allowed,
    List<ChecklistPoint> checklist,
    Optional<ProbesName> probes) {
  private static final Pattern REMARKS =
      Pattern.compile(
          "(?m)^[ \t]*--[ \t]*plumb:[ \t]*"
              + "(schema[ \t]*|(allow|rollback|review|staging|probes) .*)$\n?");

  public Migration {
    expectations = List.copyOf(expectations);
    backfills = List.copyOf(backfills);
    verifications = List.copyOf(verifications);
    allowed = List.copyOf(allowed);
    checklist = List.copyOf(checklist);
  }

  /** So many rows are expected to violate an invariant. */
  public record Expectation(RowCount rows, Reference invariant) {}

  /** An invariant that the file names. */
  public record Reference(String invariant, Position position) {}

  /** The file under {@code probes/} that a file names. */
  public record ProbesName(String name, Position position) {}

  /** Why something is left out. */
  public record Reason(String text, Position position) {}

  /** A rule of the lint that is waived, with the reason. */
  public record Allowance(String rule, Reason reason) {}

  /**
   * SHA-256 of the file in UTF-8, in hexadecimal; line ends count as one character each. What may
   * be added to an applied file does not count: the undo section, waivers of the lint, the
   * checklist's answers, the probes' name, and the line {@code -- plumb:schema}, which a file needs
   * as soon as it has an undo section.
   */
  public String checksum() {
    String counted = REMARKS.matcher(forward().replace("\r\n", "\n")).replaceAll("").strip();
    return Sha256.of(counted);
  }

  /** Whether it has SQL and does not say how that is taken back. */
  public boolean lacksUndo() {
    return (schema.isPresent() || constrain.isPresent()) && undo.isEmpty();
  }

  /** The text without the undo section. */
  public String forward() {
    if (undo.isEmpty()) {
      return text;
    }
    String withDirective = text.substring(0, text.length() - undo.get().text().length());
    return withDirective.substring(0, withDirective.stripTrailing().lastIndexOf('\n') + 1);
  }

  /** The file's name, by which people and the journal call it. */
  public String label() {
    return String.valueOf(file.getFileName());
  }
}

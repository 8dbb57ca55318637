package dev.plumbline.document;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A transform as its file states it: how a document gets its new shape, and what must be true of
 * the result before it may be written.
 *
 * @param name the file's name without its ending
 * @param says what it is for, in a sentence
 * @param definition the file's text, variables unfilled; what a run's journal keeps
 * @param property the property of a record that holds the document's text; {@link #WHOLE} where the
 *     record is nothing but the document
 * @param program from the old shape to the new one
 * @param also further properties that are written together with it, from the new document
 * @param reads further properties that {@code also} looks at
 * @param inverse from the new shape to the old one, where there is such a way
 * @param preserve what must be found again
 * @param check what else must be true of the result
 * @param idempotent whether transforming the result again must change nothing
 * @param counts labels that are counted over the old shape of transformed documents, by name
 * @param inputs what programs see besides the document
 * @param keep how long before-images are kept
 */
public record Transform(
    String name,
    String says,
    String definition,
    String property,
    Program program,
    Map<String, Program.Jq> also,
    Set<String> reads,
    Optional<Program> inverse,
    List<Preserve> preserve,
    Optional<Check> check,
    Limits limits,
    boolean idempotent,
    Map<String, Program.Jq> counts,
    Inputs inputs,
    Duration keep) {
  /** The property of a record that is one document and nothing else, such as a file. */
  public static final String WHOLE = "document";

  /** How long before-images are kept where the file does not say. */
  public static final Duration DEFAULT_KEEP = Duration.ofDays(30);

  /** The variables that only the programs of {@code also} see. */
  public static final Set<String> GIVEN_TO_ALSO = Set.of("before", "now", "record");

  public Transform {
    also = Collections.unmodifiableMap(new LinkedHashMap<>(also));
    reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
    preserve = List.copyOf(preserve);
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /** Every property that a source must read or write. */
  public SortedSet<String> properties() {
    SortedSet<String> properties = written();
    properties.addAll(reads);
    return properties;
  }

  /** The properties that are written: the document's own and those of {@code also}. */
  public SortedSet<String> written() {
    SortedSet<String> properties = new TreeSet<>(also.keySet());
    properties.add(property);
    return properties;
  }
}

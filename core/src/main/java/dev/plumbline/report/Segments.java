package dev.plumbline.report;

import dev.plumbline.audit.Counts;
import dev.plumbline.audit.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Segments in the order in which they matter, and as a table. */
final class Segments {
  private static final int SHOWN = 12;

  private static final Comparator<Segment> MOST_VIOLATIONS_FIRST =
      Comparator.comparingLong((Segment segment) -> segment.counts().violations())
          .thenComparingLong(segment -> segment.counts().population().orElse(0))
          .reversed()
          .thenComparing(segment -> segment.value().orElse(""));

  private Segments() {}

  static List<Segment> sorted(List<Segment> segments) {
    return segments.stream().sorted(MOST_VIOLATIONS_FIRST).toList();
  }

  /** The segments with most violations. */
  static TextTable table(List<Segment> segments) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Segment segment : sorted(segments).stream().limit(SHOWN).toList()) {
      List<@Nullable String> row = new ArrayList<>();
      row.add(segment.value().orElse(null));
      row.add(population(segment.counts()));
      row.add(Figures.count(segment.counts().violations()));
      row.add(segment.counts().coverage().map(Figures::percent).orElse("–"));
      rows.add(row);
    }
    return new TextTable(List.of("segment", "population", "violations", "coverage"), rows, 4);
  }

  private static String population(Counts counts) {
    return counts.population().isPresent() ? Figures.count(counts.population().getAsLong()) : "–";
  }

  /** What the table leaves out, if anything. */
  static Optional<String> more(List<Segment> segments) {
    int more = segments.size() - SHOWN;
    if (more <= 0) {
      return Optional.empty();
    }
    long violations =
        sorted(segments).stream().skip(SHOWN).mapToLong(s -> s.counts().violations()).sum();
    return Optional.of(
        "… and "
            + Figures.count(more, "more segment", "more segments")
            + " with "
            + Figures.count(violations, "violation", "violations"));
  }
}

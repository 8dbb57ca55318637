package dev.plumbline.verify;

import dev.plumbline.tracker.Match;
import java.util.List;
import java.util.Optional;

/**
 * What became of one record of migrations.
 *
 * @param lines one for each migration, in the order of {@link Tracked#matches()}
 */
public record TrackerReport(Tracked tracked, List<Line> lines) {
  public TrackerReport {
    lines = List.copyOf(lines);
  }

  /**
   * One migration.
   *
   * @param claims how many of its claims stand to this day
   * @param wrong how many of them are not true
   * @param declared whether an invariant claims for it, or its statements do
   */
  public record Line(Match match, int claims, int wrong, boolean declared) {
    public String revision() {
      return match.revision();
    }

    public boolean applied() {
      return match.isDone();
    }
  }

  /** Those that are recorded in some way. */
  public List<Line> recorded() {
    return lines.stream().filter(line -> line.match().recorded().isPresent()).toList();
  }

  /** Those that the tool has not come to. */
  public List<Line> pending() {
    return lines.stream().filter(line -> line.match().recorded().isEmpty()).toList();
  }

  /**
   * That nothing at all could be looked at must not pass for being in order.
   *
   * @param alone whether no other tool works in the same schemas, which ends claims about what both
   *     have touched
   */
  Optional<Finding> silence(boolean alone) {
    List<Line> applied = lines.stream().filter(Line::applied).toList();
    boolean looked = applied.stream().anyMatch(line -> alone ? line.claims() > 0 : line.declared());
    boolean files = lines.stream().anyMatch(line -> line.match().file().isPresent());
    if (applied.isEmpty() || looked || !files) {
      return Optional.empty(); // that there are no files is told already
    }
    return Optional.of(
        new Finding(
            Finding.Sort.NOT_LOOKED_AT,
            Optional.of(tracked.label()),
            Optional.empty(),
            Optional.empty(),
            tracked.label(),
            "makes no claims that could be looked at: its migrations are not written in SQL, or in"
                + " such as does not tell what it does, and no invariant claims for them",
            "Claim what they make with an `exist` invariant and `revision`, or let it be written"
                + " from a database that is known to be good: plumb verify --learn FILE"));
  }
}

package dev.plumbline.verify;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.ClaimCheck;
import dev.plumbline.claim.FalseClaim;
import dev.plumbline.database.Session;
import dev.plumbline.error.Position;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.tracker.Match;
import dev.plumbline.tracker.Recorded;
import dev.plumbline.tracker.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Migrations that began and did not end: which of their statements had their effect. Most tools
 * record nothing of a failure, so that what a failed migration left shows only by its being there.
 */
final class HalfDone {
  /** So many objects are named; of more, only how many. */
  private static final int NAMED = 6;

  private final Session session;
  private final PostgresParser parser;
  private final Tracked tracked;

  HalfDone(Session session, PostgresParser parser, Tracked tracked) {
    this.session = session;
    this.parser = parser;
    this.tracked = tracked;
  }

  /**
   * @param pending what the migrations claim of which nothing is recorded
   */
  List<Finding> findings(List<Claim> pending) {
    List<Finding> findings = new ArrayList<>();
    Set<Claim> wrong =
        new ClaimCheck(parser)
            .check(session, pending).stream().map(FalseClaim::claim).collect(Collectors.toSet());
    for (Match match : tracked.matches()) {
      if (Tracked.isDoubtful(match)) {
        match.recorded().ifPresent(recorded -> findings.add(finding(match, recorded)));
      } else if (match.recorded().isEmpty()) {
        unrecorded(match, pending, wrong).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private Optional<Finding> unrecorded(Match match, List<Claim> pending, Set<Claim> wrong) {
    List<Claim> own =
        pending.stream().filter(c -> c.origin().source().equals(match.revision())).toList();
    List<Claim> there = own.stream().filter(claim -> !wrong.contains(claim)).toList();
    if (there.isEmpty()) {
      return Optional.empty();
    }
    boolean whole = there.size() == own.size();
    return Optional.of(
        new Finding(
            whole ? Finding.Sort.NOT_RECORDED : Finding.Sort.HALF_DONE,
            Optional.of(tracked.label()),
            Optional.of(match.revision()),
            match.file().map(file -> new Position(file.path(), file.line(), 1)),
            "migration " + match.revision(),
            whole
                ? "is not recorded, but all that it makes is there: " + names(there)
                : "is not recorded, but part of what it makes is there: "
                    + names(there)
                    + "; not there: "
                    + names(own.stream().filter(wrong::contains).toList()),
            whole
                ? "If it was run by hand, record it: plumb verify --mark " + match.revision()
                : "It failed half-way, or somebody ran a part of it by hand. Take that back or do what"
                    + " is missing before "
                    + tracked.tool().label()
                    + " runs it again."));
  }

  private Finding finding(Match match, Recorded recorded) {
    boolean failed = recorded.state() == State.FAILED;
    String noted = recorded.detail().isEmpty() ? "" : ": " + recorded.detail();
    return new Finding(
        failed ? Finding.Sort.FAILED_MIGRATION : Finding.Sort.HALF_DONE,
        Optional.of(tracked.label()),
        Optional.of(recorded.revision()),
        match.file().map(file -> new Position(file.path(), file.line(), 1)),
        "migration " + recorded.revision(),
        (failed ? "is recorded as failed" : "is recorded as begun, not as ended")
            + noted
            + effects(match).map(effects -> ". " + effects).orElse(""),
        "Take back what of it is there or do what is missing, and then tell "
            + tracked.tool().label()
            + " in its own way; until then it may refuse to go on.");
  }

  /** What of the migration's own claims is true. */
  private Optional<String> effects(Match match) {
    return Tracked.text(match).map(this::effects);
  }

  private String effects(ClaimFold.Text text) {
    ClaimFold alone = ClaimFold.of(session.dialect(), parser, tracked.path());
    alone.surely(text);
    List<Claim> claims = alone.standing();
    List<FalseClaim> wrong = new ClaimCheck(parser).check(session, claims);
    List<Claim> there = new ArrayList<>(claims);
    wrong.forEach(one -> there.remove(one.claim()));
    if (claims.isEmpty()) {
      return "Its statements make no claim that could be looked at";
    }
    return there.isEmpty()
        ? "Nothing of what it makes is there: " + names(claims)
        : wrong.isEmpty()
            ? "All that it makes is there: " + names(there)
            : "There: "
                + names(there)
                + "; not there: "
                + names(wrong.stream().map(FalseClaim::claim).toList());
  }

  private static String names(List<Claim> claims) {
    String names =
        claims.stream()
            .limit(NAMED)
            .map(claim -> claim.subject().toString())
            .collect(Collectors.joining(", "));
    int more = claims.size() - NAMED;
    return more > 0 ? names + " and " + more + " more" : names;
  }
}

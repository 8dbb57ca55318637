package dev.plumbline.verify;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.FalseClaim;
import dev.plumbline.claim.Subject;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.error.Position;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.tracker.Match;
import dev.plumbline.tracker.ToolFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the migrations of one record claim, after all that came later cancelled or altered what came
 * before.
 *
 * @param all what would stand if the pending and the half-done ones were applied too
 * @param pending what those would claim that no record holds for applied, as far as no applied one
 *     speaks of the same object: it should not be there yet
 * @param unreadable where a file could not be read, and so claims less than it says
 */
record ClaimsOf(
    Tracked tracked,
    Map<String, Match> byRevision,
    List<Claim> claims,
    List<Claim> all,
    List<Claim> pending,
    List<Finding> unreadable) {

  /**
   * @param others what other tools have run in the same schemas, at whatever time: of what it
   *     touches nothing is claimed
   */
  static ClaimsOf fold(
      Dialect dialect, PostgresParser parser, Tracked tracked, List<ClaimFold.Text> others) {
    ClaimFold fold = ClaimFold.of(dialect, parser, tracked.path());
    fold.read(tracked.matches().stream().flatMap(m -> Tracked.text(m).stream()).toList());
    Map<String, Match> byRevision = new HashMap<>();
    List<Finding> unreadable = new ArrayList<>();
    for (Match match : tracked.matches()) {
      byRevision.put(match.revision(), match);
      Tracked.text(match)
          .ifPresent(
              text -> {
                if (Tracked.runsAgain(match)) {
                  fold.perhaps(text);
                } else if (match.isDone()) {
                  fold.surely(text);
                  unreadable(fold, tracked, match, text).ifPresent(unreadable::add);
                } else if (Tracked.isDoubtful(match)) {
                  fold.perhaps(text);
                }
              });
    }
    others.forEach(fold::perhaps);
    List<Claim> claims = fold.standing();
    tracked.matches().stream()
        .filter(match -> match.recorded().isEmpty() || Tracked.isDoubtful(match))
        .forEach(match -> Tracked.text(match).ifPresent(fold::surely));
    List<Claim> all = fold.standing();
    return new ClaimsOf(
        tracked, byRevision, claims, all, pending(tracked, claims, all), unreadable);
  }

  private static List<Claim> pending(Tracked tracked, List<Claim> applied, List<Claim> all) {
    Set<String> pending =
        tracked.matches().stream()
            .filter(match -> match.recorded().isEmpty())
            .map(Match::revision)
            .collect(Collectors.toSet());
    Set<Subject> known = applied.stream().map(Claim::subject).collect(Collectors.toSet());
    return all.stream()
        .filter(claim -> pending.contains(claim.origin().source()))
        .filter(claim -> !(claim instanceof Claim.Absent))
        .filter(claim -> !known.contains(claim.subject()))
        .toList();
  }

  private static Optional<Finding> unreadable(
      ClaimFold fold, Tracked tracked, Match match, ClaimFold.Text text) {
    return fold.unreadable(text)
        .map(
            error ->
                new Finding(
                    Finding.Sort.NOT_LOOKED_AT,
                    Optional.of(tracked.label()),
                    Optional.of(text.source()),
                    match.file().map(file -> place(file, error.at().offset())),
                    "migration " + text.source(),
                    "a statement in it cannot be read ("
                        + error.message()
                        + "), so what it makes was not looked at",
                    "Look at that statement's effect by hand, or claim it with an `exist` invariant"
                        + " and `revision: \""
                        + text.source()
                        + "\"`."));
  }

  Finding finding(FalseClaim wrong, Recovery recovery) {
    String revision = wrong.claim().origin().source();
    Optional<Position> place =
        Optional.ofNullable(byRevision.get(revision))
            .flatMap(Match::file)
            .map(file -> place(file, wrong.claim().origin().start()));
    return Finding.ofClaim(
        tracked, revision, place, wrong.claim().subject().toString(), wrong.found(), recovery);
  }

  /** Where an offset of a file's SQL stands in the file. */
  static Position place(ToolFile file, int offset) {
    dev.plumbline.parser.Position at =
        dev.plumbline.parser.Position.of(file.sql().orElse(""), offset);
    return new Position(file.path(), file.line() + at.line() - 1, at.column());
  }
}

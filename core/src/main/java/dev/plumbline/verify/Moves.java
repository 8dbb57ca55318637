package dev.plumbline.verify;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Suggestion;
import dev.plumbline.tracker.Match;
import dev.plumbline.tracker.Recorded;
import dev.plumbline.tracker.State;
import dev.plumbline.tracker.TrackerHistory;
import dev.plumbline.tracker.Trackers;
import dev.plumbline.verify.RecordMove.Direction;
import dev.plumbline.verify.TrackerReport.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where another tool's record may be moved to: only to what is true. */
final class Moves {
  private final List<Tracked> tracked;
  private final Judge judge;

  /** Looks at the claims of a record. */
  interface Judge {
    TrackerReport judge(Tracked tracked);
  }

  Moves(List<Tracked> tracked, Judge judge) {
    this.tracked = tracked;
    this.judge = judge;
  }

  /**
   * Back to a revision, or to before the first one ({@link Trackers#BASE}); all that it and those
   * before it claim must be true.
   *
   * @throws PlumblineException (usage) if no record knows it; (failed) if it is not true itself
   */
  RecordMove back(String revision) {
    Tracked of = knowing(revision);
    TrackerHistory history = of.history().orElseThrow();
    List<String> going =
        Trackers.withdrawn(history, of.matches(), revision).stream().map(Match::revision).toList();
    List<Line> staying =
        judge.judge(of.without(going)).lines().stream().filter(Line::applied).toList();
    for (int i = 0; i < staying.size(); i++) {
      if (staying.get(i).wrong() > 0) {
        throw untrue(of, revision, staying.get(i), staying.subList(0, i));
      }
    }
    List<Line> after =
        judge.judge(of).lines().stream().filter(l -> going.contains(l.revision())).toList();
    return new RecordMove(
        of,
        Direction.BACK,
        revision,
        going,
        Trackers.resetTo(history, of.matches(), revision),
        runAgain(of, after));
  }

  /** What is there already is in the way of a tool that runs the migration once more. */
  private static List<String> runAgain(Tracked of, List<Line> after) {
    List<String> notes = new ArrayList<>();
    for (Line line : after) {
      int there = line.claims() - line.wrong();
      if (Tracked.isDoubtful(line.match())) {
        notes.add(
            line.revision()
                + " is half done: what of it is there may be in the way when "
                + of.tool().label()
                + " runs it again. plumb verify names it now; take it back first.");
      } else if (line.declared() && there > 0) {
        notes.add(
            line.revision()
                + ": "
                + there
                + " of its "
                + line.claims()
                + " claims are true; "
                + of.tool().label()
                + " will run it again, and may find them in its way.");
      } else if (!line.declared()) {
        notes.add(
            line.revision()
                + " makes no claims: whether "
                + of.tool().label()
                + " can run it again is not known.");
      }
    }
    return notes;
  }

  /**
   * Forward to a revision; all that it and those before it claim must be true, and each that is not
   * recorded yet must make a claim.
   *
   * @throws PlumblineException (usage) if no file has it; (failed) if something is not true
   */
  RecordMove forward(String revision) {
    Tracked of = knowing(revision);
    TrackerHistory history = of.history().orElseThrow();
    List<String> coming =
        Trackers.coming(history, of.matches(), revision).stream().map(Match::revision).toList();
    List<Line> lines =
        judge.judge(of.asIfApplied(coming)).lines().stream()
            .filter(line -> line.applied() || coming.contains(line.revision()))
            .toList();
    for (Line line : lines) {
      if (line.wrong() > 0) {
        throw untrue(of, revision, line, List.of());
      }
      if (coming.contains(line.revision()) && (!line.declared() || line.claims() == 0)) {
        throw unproven(of, line);
      }
    }
    return new RecordMove(
        of,
        Direction.FORWARD,
        revision,
        coming,
        Trackers.mark(history, of.matches(), revision),
        List.of());
  }

  private Tracked knowing(String revision) {
    List<Tracked> knowing =
        tracked.stream()
            .filter(
                one ->
                    revision.equals(Trackers.BASE)
                        ? one.history().isPresent()
                        : one.matches().stream().anyMatch(m -> m.revision().equals(revision)))
            .toList();
    if (knowing.isEmpty()) {
      throw unknown(revision);
    }
    List<Tracked> others = knowing.stream().filter(one -> one.history().isPresent()).toList();
    if (others.isEmpty()) {
      throw own();
    }
    if (others.size() > 1) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "Several records know the revision "
              + revision
              + ": "
              + others.stream().map(Tracked::label).collect(Collectors.joining(", "))
              + ".",
          "Nothing was changed.",
          "Say which: --tool, or `trackers` with its `table` in plumb.yaml.");
    }
    return others.getFirst();
  }

  private PlumblineException unknown(String revision) {
    List<String> all =
        tracked.stream().flatMap(one -> one.matches().stream()).map(Match::revision).toList();
    return new PlumblineException(
        ErrorCode.USAGE,
        "No record and no file knows the revision " + revision + ".",
        "Nothing was changed.",
        Suggestion.sentence(revision, all));
  }

  private static PlumblineException own() {
    return new PlumblineException(
        ErrorCode.USAGE,
        "That is a migration of Plumbline's own, whose record cannot be moved by hand.",
        "Nothing was changed.",
        "Take it back with plumb undo, or apply it with plumb migrate.");
  }

  private static PlumblineException untrue(
      Tracked of, String revision, Line wrong, List<Line> before) {
    Optional<String> last =
        before.stream()
            .takeWhile(line -> line.wrong() == 0)
            .reduce((first, second) -> second)
            .map(Line::revision);
    return new PlumblineException(
        ErrorCode.FAILED,
        of.tool().label()
            + "'s record is not moved to "
            + revision
            + ": "
            + wrong.wrong()
            + " of the "
            + wrong.claims()
            + " claims of "
            + wrong.revision()
            + " are not true.",
        "Nothing was changed: a record is never made to say what is not so.",
        last.map(one -> "The last that is true is " + one + ".")
            .orElse("Make them true first: plumb verify shows how."));
  }

  private static PlumblineException unproven(Tracked of, Line line) {
    return new PlumblineException(
        ErrorCode.FAILED,
        of.tool().label()
            + "'s record is not moved over "
            + line.revision()
            + ": it makes no claim, so that nothing proves it.",
        "Nothing was changed: a record is never made to say what nobody has seen.",
        "Claim what it makes with an `exist` invariant and `revision: \""
            + line.revision()
            + "\"`, or let "
            + of.tool().label()
            + " run it.");
  }

  /** A match that counts as applied. */
  static Match applied(Match match) {
    Recorded recorded =
        match
            .recorded()
            .map(
                r ->
                    new Recorded(
                        r.revision(),
                        r.description(),
                        State.MARKED,
                        r.file(),
                        r.checksum(),
                        r.at(),
                        r.statements(),
                        r.detail()))
            .orElseGet(
                () ->
                    new Recorded(
                        match.revision(),
                        "",
                        State.MARKED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        ""));
    return new Match(Optional.of(recorded), match.file(), false);
  }
}

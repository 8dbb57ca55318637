package dev.plumbline.tracker;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds the revision that a person named. */
final class Revisions {
  private static final int NAMED = 8;

  private Revisions() {}

  /**
   * The place of a revision that is recorded as done; -1 for the point before the first.
   *
   * @throws PlumblineException (usage) if it is not recorded so
   */
  static int done(TrackerHistory history, List<Match> matches, String revision, Tracker tracker) {
    if (revision.equals(Trackers.BASE)) {
      return -1;
    }
    int place = place(matches, revision, tracker).orElse(-1);
    if (place < 0 || matches.get(place).recorded().isEmpty()) {
      throw unknown(history, revision, matches.stream().filter(Match::isDone).toList());
    }
    if (!matches.get(place).isDone()) {
      throw unfinished(history, revision);
    }
    return place;
  }

  /**
   * The migrations that are to be recorded so that a revision is, with all before it in the tool's
   * order.
   *
   * @throws PlumblineException (usage) if it is neither recorded nor a file
   */
  static List<Match> upTo(
      TrackerHistory history, List<Match> matches, String revision, Tracker tracker) {
    int place = place(matches, revision, tracker).orElse(-1);
    if (place < 0) {
      throw unknown(history, revision, matches);
    }
    Match last = matches.get(place);
    if (last.isDone()) {
      return List.of();
    }
    ToolFile end = last.file().orElseThrow(() -> noFile(history, revision));
    return matches.stream()
        .filter(match -> !match.isDone() && match.file().isPresent())
        .filter(match -> tracker.inOrder().compare(match.file().orElseThrow(), end) <= 0)
        .sorted((a, b) -> tracker.inOrder().compare(a.file().orElseThrow(), b.file().orElseThrow()))
        .toList();
  }

  static OptionalInt place(List<Match> matches, String revision, Tracker tracker) {
    String wanted = tracker.identity(revision);
    return IntStream.range(0, matches.size())
        .filter(i -> tracker.identity(matches.get(i).revision()).equals(wanted))
        .reduce((first, second) -> second);
  }

  static PlumblineException unknown(TrackerHistory history, String revision, List<Match> known) {
    List<String> names = new ArrayList<>(known.stream().map(Match::revision).toList());
    List<String> newest = names.subList(Math.max(0, names.size() - NAMED), names.size());
    return new PlumblineException(
        ErrorCode.USAGE,
        "%s knows no revision %s in %s."
            .formatted(history.tool().label(), revision, history.table().label()),
        "Nothing was changed.",
        newest.isEmpty()
            ? "There is none that could be named."
            : "Name one of: " + String.join(", ", newest) + ".");
  }

  private static PlumblineException unfinished(TrackerHistory history, String revision) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "Revision %s did not end well by the record of %s, %s."
            .formatted(revision, history.tool().label(), history.table().label()),
        "Nothing was changed.",
        "Name the last revision that did, or mark this one once what it makes is there.");
  }

  private static PlumblineException noFile(TrackerHistory history, String revision) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "Revision %s did not end well by the record of %s, and its file is not there."
            .formatted(revision, history.tool().label()),
        "Nothing was changed.",
        "Bring the file back, then mark the revision.");
  }
}

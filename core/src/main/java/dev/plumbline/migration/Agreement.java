package dev.plumbline.migration;

import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.journal.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether the files are those that the history speaks of. */
final class Agreement {
  private final History history;
  private final List<Problem> problems = new ArrayList<>();

  private Agreement(History history) {
    this.history = history;
  }

  /**
   * @param folder where the files are
   * @throws ProjectException if an applied file was edited or is missing, or one that is pending
   *     comes before one that is applied
   */
  static void require(Path folder, List<Migration> files, History history) {
    Agreement agreement = new Agreement(history);
    Map<Version, Migration> byVersion =
        files.stream().collect(Collectors.toMap(Migration::version, Function.identity()));
    for (History.Entry entry : history.applied()) {
      Optional<Migration> file = Optional.ofNullable(byVersion.get(entry.version()));
      file.ifPresentOrElse(
          found -> agreement.unedited(found, entry), () -> agreement.missing(folder, entry));
    }
    files.forEach(agreement::inOrder);
    if (!agreement.problems.isEmpty()) {
      throw new ProjectException(agreement.problems);
    }
  }

  private void unedited(Migration file, History.Entry entry) {
    if (!file.checksum().equals(entry.run().plan().checksum())) {
      problem(
          new Position(file.file(), 1, 1),
          "the file was edited after it had been applied (run " + entry.run().id() + ")",
          "Put it back as it was applied, which `plumb show "
              + entry.run().id()
              + "` prints, and write the change as a new migration. Or take it back first: plumb"
              + " undo");
    }
  }

  private void missing(Path folder, History.Entry entry) {
    problem(
        new Position(folder.resolve(entry.file()), 1, 1),
        "the migration is recorded as applied (run "
            + entry.run().id()
            + "), but its file is not there",
        "Put it back; `plumb show " + entry.run().id() + "` prints it as it was applied.");
  }

  private void inOrder(Migration file) {
    boolean pending =
        history.of(file.version()).filter(e -> e.state() == History.State.APPLIED).isEmpty();
    history
        .newest()
        .filter(newest -> pending && file.version().compareTo(newest) < 0)
        .ifPresent(
            newest ->
                problem(
                    new Position(file.file(), 1, 1),
                    "the migration comes before " + newest + ", which is applied already",
                    "Rename it to a version after "
                        + newest
                        + ", so that every database gets both in the same order. Or take what came"
                        + " after it back: plumb undo --to "
                        + file.version()));
  }

  private void problem(Position position, String what, String suggestion) {
    problems.add(new Problem(position, what, "", Optional.of(suggestion)));
  }

  /**
   * A migration that stopped half-way goes on with its file as it is now, if what is done has not
   * been edited.
   *
   * @throws ProjectException if it has
   */
  static void requireSameBeginning(Migration file, List<Part> parts, List<Steps.Entry> steps) {
    for (Steps.Entry done : steps) {
      boolean same =
          parts.stream()
              .anyMatch(part -> part.n() == done.n() && part.digest().equals(done.digest()));
      if (done.done() && !same) {
        throw new ProjectException(
            List.of(
                new Problem(
                    new Position(file.file(), 1, 1),
                    "the step " + done.step() + " is done already and was edited since",
                    done.about(),
                    Optional.of(
                        "Put that step back as it was; the steps after it may be corrected. Or take"
                            + " the migration back: plumb undo --commit"))));
      }
    }
  }
}

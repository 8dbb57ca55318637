package dev.plumbline.report;

import dev.plumbline.project.NewProject.Made;
import dev.plumbline.proposal.Proposed;
import dev.plumbline.proposal.Proposed.Counted;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code plumb init} has made and proposes, as text for people. */
public final class InitText {
  private InitText() {}

  /** The files of the project. */
  public static String made(List<Made> made, TextStyle style) {
    StringBuilder text = new StringBuilder();
    for (Made one : made) {
      text.append(
              one.isNew()
                  ? style.green("✓ " + one.path())
                  : style.dim("· " + one.path() + " is there already, and stays as it is"))
          .append('\n');
    }
    return text.toString();
  }

  /**
   * What to do where no database was looked at.
   *
   * @param directory as it was given on the command line, if it was
   */
  public static String noDatabase(Optional<Path> directory, TextStyle style) {
    return "Next: name a database in plumb.yaml, then run this again: it proposes invariants.\n"
        + "      At once: "
        + style.plumb()
        + " init "
        + directory.map(place -> "'" + place.toString().replace("'", "'\\''") + "' ").orElse("")
        + "--database URL\n";
  }

  /** The proposals and how to switch one on. */
  public static String proposals(
      String database, Path folder, List<Proposed> proposals, TextStyle style) {
    if (proposals.isEmpty()) {
      return "\nNothing is proposed: the catalogue of "
          + database
          + " shows no counter beside the rows that it counts, no\nforeign key that is not declared,"
          + " and no two tables with one key that are not covered already.\n"
          + "Next: write invariants/NAME.yaml, then: "
          + style.plumb()
          + " audit\n";
    }
    List<List<@Nullable String>> rows = proposals.stream().map(InitText::row).toList();
    StringBuilder text = new StringBuilder();
    text.append("\nProposed by what ")
        .append(database)
        .append(" holds; none is switched on:\n\n")
        .append(
            String.join(
                "\n",
                new TextTable(List.of("violate now", "rows", "invariant", "says"), rows, 3)
                    .lines(style, 2)))
        .append("\n\n");
    proposals.forEach(
        p ->
            p.note()
                .ifPresent(
                    note ->
                        text.append("  ")
                            .append(style.yellow("not counted: " + p.name() + ": "))
                            .append(Printable.of(note.lines().findFirst().orElse("")))
                            .append('\n')));
    return text.append("Switch one on: mv ")
        .append(folder)
        .append("/NAME.yaml ")
        .append(folder.getParent())
        .append("/\nThen: ")
        .append(style.plumb())
        .append(" audit\n")
        .toString();
  }

  private static List<@Nullable String> row(Proposed proposed) {
    return Arrays.asList(
        proposed.counted().map(Counted::violations).map(Figures::count).orElse("–"),
        proposed
            .counted()
            .filter(c -> c.rows().isPresent())
            .map(c -> Figures.count(c.rows().getAsLong()))
            .orElse("–"),
        proposed.name(),
        proposed.says());
  }
}

package dev.plumbline.report;

import dev.plumbline.journal.Images;
import dev.plumbline.journal.Purge;
import dev.plumbline.transform.DryRuns;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which before-images go, and what that means, as text for people. */
public final class PurgeText {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private PurgeText() {}

  /**
   * The plan, or what was done; ends with a line break.
   *
   * @param journals one for each journal of the project
   * @param dryRuns what dry runs have left
   * @param done whether it was done
   */
  public static String of(
      List<Purge.Plan> journals, DryRuns.Plan dryRuns, boolean done, TextStyle style) {
    StringBuilder text = new StringBuilder();
    List<List<@Nullable String>> rows = new ArrayList<>();
    journals.forEach(plan -> plan.items().forEach(item -> rows.add(row(item))));
    if (rows.isEmpty() && dryRuns.items().isEmpty()) {
      text.append(
          "Nothing to purge: no before-images or snapshots are older than they are kept.\n");
    }
    if (!rows.isEmpty()) {
      text.append(style.bold(done ? "Purged" : "Plan to purge before-images")).append("\n\n");
      List<String> headings =
          List.of("run", "of", "ended", "kept for", "documents", "rows", "in tables");
      text.append(String.join("\n", new TextTable(headings, rows, 4).lines(style, 2)))
          .append("\n\n")
          .append(
              done
                  ? "  These runs can no longer be taken back. What they did stays in the journal.\n"
                  : "  These runs could no longer be taken back. What they did stays in the journal"
                      + " (runs, batches, ids);\n  the texts and values from before go, and"
                      + " snapshot files of documents with them.\n");
    }
    dryRuns(dryRuns.items(), done, style, text);
    kept(journals, text);
    if (dryRuns.young() > 0) {
      text.append("  Kept: snapshots of ")
          .append(Figures.count(dryRuns.young(), "dry run", "dry runs"))
          .append(" (not old enough)\n");
    }
    return text.toString();
  }

  private static void dryRuns(
      List<DryRuns.Item> items, boolean done, TextStyle style, StringBuilder text) {
    if (items.isEmpty()) {
      return;
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (DryRuns.Item item : items) {
      rows.add(
          Arrays.asList(
              item.transform(),
              DAY.format(item.madeAt()),
              days(item.keep()),
              Figures.count(item.documents())));
    }
    text.append(
            style.bold(
                done ? "Purged snapshots of dry runs" : "Plan to purge snapshots of dry runs"))
        .append("\n\n")
        .append(
            String.join(
                "\n",
                new TextTable(List.of("dry run of", "made", "kept for", "documents"), rows, 3)
                    .lines(style, 2)))
        .append("\n\n");
  }

  private static List<@Nullable String> row(Purge.Item item) {
    return Arrays.asList(
        item.run().name(),
        item.run().plan().invariant(),
        DAY.format(item.endedAt()),
        days(item.keep()),
        Figures.count(item.documents()),
        Figures.count(item.rows()),
        String.join(", ", item.tables().stream().map(Images::changedLabel).distinct().toList()));
  }

  private static String days(Duration keep) {
    return keep.toDays() > 0 && keep.equals(Duration.ofDays(keep.toDays()))
        ? keep.toDays() + " d"
        : keep.toHours() + " h";
  }

  private static void kept(List<Purge.Plan> journals, StringBuilder text) {
    keep(text, journals.stream().mapToLong(Purge.Plan::young).sum(), "not old enough");
    keep(
        text,
        journals.stream().mapToLong(Purge.Plan::migrations).sum(),
        "part of migrations, whose undo needs them");
    keep(
        text,
        journals.stream().mapToLong(Purge.Plan::needed).sum(),
        "being taken back by a rollback that has not ended");
  }

  private static void keep(StringBuilder text, long runs, String why) {
    if (runs > 0) {
      text.append("  Kept: before-images of ")
          .append(Figures.count(runs, "run", "runs"))
          .append(" (")
          .append(why)
          .append(")\n");
    }
  }
}

package dev.plumbline.report;

import dev.plumbline.source.DocumentSource.Allowance;
import dev.plumbline.transform.Problem;
import dev.plumbline.transform.Tally;
import dev.plumbline.transform.TransformPlan;
import dev.plumbline.transform.TransformPlan.Sample;
import dev.plumbline.transform.TransformReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Plans and runs over documents, as text for people. */
public final class TransformText {
  private static final int LISTED = 10;
  private static final int PATHS = 4;
  private static final int LABELS = 12;
  private static final int WIDEST = 240;

  private final TextStyle style;
  private final StringBuilder text = new StringBuilder();

  private TransformText(TextStyle style) {
    this.style = style;
  }

  /** What a transform would do; ends with a line break. */
  public static String plan(TransformPlan plan, TextStyle style) {
    TransformText page = new TransformText(style);
    page.line(style.bold("Plan for " + plan.transform()));
    page.line("  " + Printable.of(plan.says().strip()));
    page.line("  " + Printable.of(plan.source()));
    page.line("");
    page.tally(plan.tally(), "to transform");
    page.line("");
    page.samples(plan);
    page.problems(plan.problems(), plan.tally());
    plan.notes().forEach(note -> page.line("  Note: " + Printable.of(note)));
    plan.folder().ifPresent(page::evidence);
    page.line("");
    return page.text.toString();
  }

  /** What a run did, and what to do next. */
  public static String result(TransformReport report, TextStyle style) {
    TransformText page = new TransformText(style);
    report.tally().ifPresent(tally -> page.tally(tally, "transformed"));
    report.allowance().ifPresent(page::allowance);
    report.folder().ifPresent(page::evidence);
    return RunText.result(report.run(), style, page.text.toString());
  }

  private void tally(Tally tally, String transformed) {
    int width = Figures.count(tally.total()).length();
    number(width, tally.total(), tally.total() == 1 ? "document" : "documents");
    number(width, tally.transformed(), transformed);
    number(width, tally.unchanged(), "unchanged");
    number(width, tally.skipped(), "without a document");
    wrong(width, tally.validationErrors(), "refused: the result breaks what is declared of it");
    wrong(width, tally.failed(), "failed");
    tally.counts().forEach(this::counts);
  }

  private void number(int width, long number, String what) {
    line("  " + padded(width, number) + " " + what);
  }

  private void wrong(int width, long number, String what) {
    if (number > 0) {
      line("  " + style.yellow(padded(width, number) + " " + what));
    }
  }

  private static String padded(int width, long number) {
    String figure = Figures.count(number);
    return " ".repeat(Math.max(0, width - figure.length())) + figure;
  }

  /** The most frequent labels first. */
  private void counts(String count, Map<String, Long> labels) {
    List<String> shown = new ArrayList<>();
    labels.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(LABELS)
        .forEach(label -> shown.add(label.getKey() + " " + Figures.count(label.getValue())));
    if (!shown.isEmpty()) {
      String more = labels.size() > LABELS ? " · …" : "";
      line("  " + style.dim(Printable.of(count + ": " + String.join(" · ", shown) + more)));
    }
  }

  private void samples(TransformPlan plan) {
    if (plan.tally().total() == 0) {
      line("  " + style.yellow("No document was found there: nothing was looked at."));
      return;
    }
    if (plan.samples().isEmpty()) {
      line(
          "  "
              + (plan.tally().validationErrors() + plan.tally().failed() == 0
                  ? "Nothing to do: every document has its new shape."
                  : "Nothing can be done: no document that should change can be written."));
      return;
    }
    line("  Such as, with the places that change:");
    plan.samples().forEach(sample -> line("    · " + sample(sample)));
    long more = plan.tally().transformed() - plan.samples().size();
    if (more > 0) {
      line("    … and " + Figures.count(more) + " more");
    }
  }

  private static String sample(Sample sample) {
    List<String> paths = sample.paths();
    String shown =
        paths.stream()
            .limit(PATHS)
            .map(path -> path.isEmpty() ? "the whole document" : path)
            .collect(Collectors.joining(", "));
    String more = paths.size() > PATHS ? ", … (" + paths.size() + " places)" : "";
    return Printable.cut(Printable.of(sample.id() + ": " + shown + more), WIDEST);
  }

  private void problems(List<Problem> problems, Tally tally) {
    if (problems.isEmpty()) {
      return;
    }
    line("  " + style.yellow("Not to be written:"));
    problems.stream()
        .limit(LISTED)
        .forEach(
            problem ->
                line(
                    "    · "
                        + Printable.cut(
                            Printable.of(problem.id() + ": " + problem.what()), WIDEST)));
    long more = tally.validationErrors() + tally.failed() - Math.min(LISTED, problems.size());
    if (more > 0) {
      line("    … and " + Figures.count(more) + " more, in validation-report.json");
    }
  }

  private void allowance(Allowance allowance) {
    StringBuilder line = new StringBuilder("  ");
    line.append(Figures.count(allowance.made(), "request", "requests"));
    if (allowance.refused() > 0) {
      line.append(", ")
          .append(Figures.count(allowance.refused()))
          .append(" of them answered \"too many\"");
    }
    line.append(String.format(Locale.ROOT, "; %.1f a second are permitted", allowance.permitted()));
    if (allowance.today().isPresent()) {
      line.append(", ").append(Figures.count(allowance.today().getAsLong())).append(" more today");
    }
    line(line.toString());
  }

  private void evidence(Path folder) {
    line("  Before and after of each, summary and report: " + Printable.of(folder.toString()));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}

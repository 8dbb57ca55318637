package dev.plumbline.report;

import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An audit as Markdown, for the summary of a CI job or a comment on a change. */
public final class AuditMarkdown {
  private final StringBuilder text = new StringBuilder();

  private AuditMarkdown() {}

  /** The whole report; ends with a line break. */
  public static String of(AuditReport report) {
    AuditMarkdown page = new AuditMarkdown();
    page.overview(report);
    report.results().stream()
        .filter(result -> result.verdict() != Verdict.HOLDS)
        .forEach(page::details);
    return page.text.toString();
  }

  private void overview(AuditReport report) {
    line("## Audit of " + escape(report.project()) + ": " + Verdicts.tally(report));
    line("");
    line("| | invariant | population | violations | coverage |");
    line("| --- | --- | ---: | ---: | ---: |");
    report.results().forEach(this::overview);
    line("");
    line(escape(report.database()) + ", " + report.at() + ", exit " + report.exitCode().status());
  }

  private void overview(AuditResult result) {
    String population =
        result
            .counts()
            .filter(counts -> counts.population().isPresent())
            .map(counts -> Figures.count(counts.population().getAsLong()))
            .orElse("");
    row(
        List.of(
            Verdicts.mark(result.verdict()),
            escape(result.invariant().name()),
            population,
            result.counts().map(c -> Figures.count(c.violations())).orElse("could not look"),
            result.counts().flatMap(c -> c.coverage()).map(Figures::percent).orElse("")));
  }

  private void details(AuditResult result) {
    line("");
    line("### " + Verdicts.mark(result.verdict()) + " " + escape(result.invariant().name()));
    line("");
    result.invariant().terms().says().ifPresent(says -> paragraph(escape(says.strip())));
    result.counts().ifPresent(counts -> paragraph(CountsText.line(result.invariant(), counts)));
    CountsText.leniency(result).ifPresent(this::paragraph);
    result.notes().forEach(note -> paragraph(escape(note)));
    result
        .error()
        .ifPresent(
            error -> paragraph(escape(error.what() + " " + error.safe() + " " + error.next())));
    for (Samples samples : Samples.of(result)) {
      samples
          .sort()
          .ifPresent(
              sort -> paragraph(escape(sort) + ", " + Figures.count(samples.total()) + " in all:"));
      row(samples.headings().stream().map(AuditMarkdown::escape).toList());
      row(samples.headings().stream().map(heading -> "---").toList());
      samples.rows().forEach(cells -> row(cells.stream().map(AuditMarkdown::cell).toList()));
      line("");
      samples.more().ifPresent(this::paragraph);
    }
  }

  private static String cell(@Nullable String value) {
    return value == null ? "*NULL*" : escape(value);
  }

  /** What Markdown or HTML would read as markup, taken literally. */
  private static String escape(String value) {
    return Printable.of(value).replaceAll("([\\\\`*_{}\\[\\]<>#|~&])", "\\\\$1");
  }

  private void row(List<String> cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void paragraph(String paragraph) {
    line(paragraph);
    line("");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}

package dev.plumbline.cli;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.Auditor;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.invariant.Exist;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.Project;
import dev.plumbline.report.AuditJson;
import dev.plumbline.report.AuditText;
import dev.plumbline.report.Sources;
import dev.plumbline.report.ViolationFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb audit}: the read-only look. */
@picocli.CommandLine.Command(
    name = "audit",
    description = {
      "Counts and lists what violates the invariants. It only reads, in one snapshot for all of"
          + " them.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: all hold. 1: a warning. 2: something does not hold. Others: it could not look.",
      "",
      "  plumb audit",
      "  plumb audit enrollment-total-lessons --where \"user_id = 7\" --out violations.csv",
      "  plumb audit --report junit=audit.xml --report markdown=summary.md"
    })
final class AuditCommand implements Command {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "INVARIANT",
      arity = "0..*",
      description = "The invariants to look at (default: all of the project).")
  List<String> names = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Writes every violation to a file: .csv, .jsonl (one object a line) or .json (one array).")
  @Nullable Path out;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How many violations of each sort to show (default: 10).")
  int samples = AuditOptions.standard().samples();

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Looks only at the rows that meet this condition.")
  @Nullable String where;

  @Option(
      names = "--report",
      paramLabel = "KIND=FILE",
      description = "Writes a report to a file besides: junit, markdown, json or text. Repeatable.")
  Map<ReportFile, Path> reports = new LinkedHashMap<>();

  AuditCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    AuditOptions options = options();
    try (OpenProject open = OpenProject.of(invocation)) {
      List<Invariant> invariants = open.project().invariants(names.stream().distinct().toList());
      requireInvariants(open.project(), invariants);
      requireRows(invariants);
      AuditReport report = audit(open, invariants, options);
      print(report);
      return report.exitCode();
    }
  }

  private AuditOptions options() {
    if (samples < 0) {
      throw UsageErrors.usage("--samples is a number from 0 on.", "Write such as --samples 10");
    }
    AuditOptions options = AuditOptions.standard().withSamples(samples);
    return where == null ? options : options.where(new WhereFlag(where).fragment());
  }

  /** Nothing was stated, so nothing can be said to hold. */
  private static void requireInvariants(Project project, List<Invariant> invariants) {
    if (invariants.isEmpty()) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "There is no invariant in " + project.directory().resolve("invariants") + ".",
          "Nothing was looked at, so nothing is known to be in order.",
          """
          Write one there, such as invariants/emails-are-there.yaml:
            says: Every user has an e-mail address.
            none: SELECT id FROM users WHERE email IS NULL
            key: id""");
    }
  }

  private void requireRows(List<Invariant> invariants) {
    List<String> withoutRows =
        invariants.stream().filter(i -> i instanceof Exist).map(Invariant::name).toList();
    if (where != null && !withoutRows.isEmpty()) {
      throw UsageErrors.usage(
          "--where chooses rows, but these are about schema objects: "
              + String.join(", ", withoutRows),
          "Name the invariants that the condition is meant for, or leave --where out.");
    }
  }

  private AuditReport audit(OpenProject open, List<Invariant> invariants, AuditOptions options) {
    Auditor auditor = new Auditor(open.database(), open.reading());
    String project = open.project().name();
    if (out == null) {
      return auditor.audit(project, invariants, options);
    }
    try (ViolationFile file = ViolationFile.create(out, invariants.size() > 1)) {
      AuditReport report = auditor.audit(project, invariants, options.withSink(file));
      file.finish(report);
      return report;
    }
  }

  private void print(AuditReport report) {
    Sources sources =
        Optional.ofNullable(where)
            .map(text -> new WhereFlag(text).sources())
            .orElse(Invocation::source);
    reports.forEach((kind, file) -> kind.write(report, file, sources));
    invocation
        .terminal()
        .out()
        .print(
            invocation.json()
                ? AuditJson.of(report)
                : AuditText.of(report, invocation.style(), sources));
    if (out != null && !invocation.json()) {
      invocation.terminal().out().println("All violations are in " + out);
    }
  }
}

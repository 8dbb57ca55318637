package dev.plumbline.project;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.error.Suggestion;
import dev.plumbline.migration.ChecklistPoint;
import dev.plumbline.migration.ChecklistPoint.Kind;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.Migration.Allowance;
import dev.plumbline.migration.Migration.Expectation;
import dev.plumbline.migration.Migration.ProbesName;
import dev.plumbline.migration.Migration.Reason;
import dev.plumbline.migration.Migration.Reference;
import dev.plumbline.migration.MigrationName;
import dev.plumbline.migration.RowCount;
import dev.plumbline.migration.Step;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one migration's file: its directives cut it into steps. A file without directives is one
 * schema step.
 */
public final class MigrationReader {
  private static final String UNDO = "undo";
  private static final String NO_BACKFILL = "no-backfill";
  private static final String ALLOW = "allow";
  private static final String TODO = "todo";
  private static final String PROBES = "probes";

  /** Stands where something has still to be filled in. */
  private static final String OPEN = "?";

  private static final List<String> WORDS =
      List.of(
          "expect",
          "schema",
          "backfill",
          "verify",
          "constrain",
          "document",
          UNDO,
          NO_BACKFILL,
          ALLOW,
          TODO,
          PROBES,
          Kind.ROLLBACK.word(),
          Kind.REVIEW.word(),
          Kind.STAGING.word());

  private static final Pattern EXPECTATION =
      Pattern.compile("(\\S+)\\s+rows?\\s+violates?\\s+(\\S+)");

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem problem) -> problem.position().line())
          .thenComparing(problem -> problem.position().column());

  private final Path file;
  private final String text;
  private final MigrationName name;
  private final List<Problem> problems = new ArrayList<>();

  private final List<Expectation> expectations = new ArrayList<>();
  private final List<Reference> backfills = new ArrayList<>();
  private final List<Reference> verifications = new ArrayList<>();
  private final List<Allowance> allowed = new ArrayList<>();
  private final List<ChecklistPoint> checklist = new ArrayList<>();
  private final Map<Step, Fragment> sql = new EnumMap<>(Step.class);
  private Optional<Fragment> undo = Optional.empty();
  private Optional<Reason> noBackfill = Optional.empty();
  private Optional<ProbesName> probes = Optional.empty();
  private Optional<Step> reached = Optional.empty();

  private MigrationReader(Path file, String text, MigrationName name) {
    this.file = file;
    this.text = text;
    this.name = name;
  }

  /**
   * Reads a migration from its text.
   *
   * @throws ProjectException with everything that is wrong in it
   */
  public static Migration read(Path file, String text) {
    MigrationName name =
        MigrationName.of(String.valueOf(file.getFileName()))
            .orElseThrow(() -> new ProjectException(List.of(unnamed(file))));
    return new MigrationReader(file, text, name).read();
  }

  static Problem unnamed(Path file) {
    return new Problem(
        new Position(file, 1, 1),
        "the file's name does not begin with a version",
        String.valueOf(file.getFileName()),
        Optional.of("Name it like 018_what_it_does.sql or V018__what_it_does.sql."));
  }

  private Migration read() {
    SqlScan scan = SqlScan.of(text);
    scan.unterminated()
        .ifPresent(flaw -> problem(flaw.offset(), flaw.what(), "", Optional.of(flaw.next())));
    List<Directive> directives = Directive.in(scan);
    List<Directive> sections = directives.stream().filter(MigrationReader::opensSection).toList();
    int first = sections.isEmpty() ? text.length() : sections.getFirst().start();
    before(first, sections.isEmpty());
    for (int i = 0; i < sections.size(); i++) {
      int end = i + 1 < sections.size() ? sections.get(i + 1).start() : text.length();
      section(sections.get(i), end, i == sections.size() - 1);
    }
    directives.stream().filter(d -> !opensSection(d)).forEach(this::remark);
    if (!problems.isEmpty()) {
      problems.sort(BY_PLACE);
      throw new ProjectException(problems);
    }
    return new Migration(
        file,
        name.version(),
        name.name(),
        text,
        expectations,
        Optional.ofNullable(sql.get(Step.SCHEMA)),
        backfills,
        verifications,
        Optional.ofNullable(sql.get(Step.CONSTRAIN)),
        Optional.ofNullable(sql.get(Step.DOCUMENT)),
        undo,
        noBackfill,
        allowed,
        checklist,
        probes);
  }

  private static boolean opensSection(Directive directive) {
    return directive.word().equals(UNDO) || step(directive.word()).isPresent();
  }

  private static Optional<Step> step(String word) {
    for (Step step : Step.values()) {
      if (step.word().equals(word)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  /** What stands before the first step: the whole file if there is none. */
  private void before(int end, boolean whole) {
    if (whole) {
      sql.put(Step.SCHEMA, fragment(0, end));
    } else {
      code(0, end)
          .ifPresent(
              offset ->
                  problem(
                      offset,
                      "this SQL stands before the first step",
                      lineAt(offset),
                      Optional.of("Put `-- plumb:schema` on a line before it.")));
    }
  }

  /** From a directive's end to where the next one begins. */
  private void section(Directive directive, int end, boolean last) {
    if (directive.word().equals(UNDO)) {
      if (!last) {
        problem(directive, "a step comes after `undo`", "Put `undo` last in the file.");
      }
      needNoArgument(directive);
      undo = Optional.of(fragment(directive.end(), end));
      return;
    }
    Step step = step(directive.word()).orElseThrow();
    inOrder(directive, step);
    switch (step) {
      case EXPECT -> expectation(directive);
      case BACKFILL -> reference(directive).ifPresent(backfills::add);
      case VERIFY -> reference(directive).ifPresent(verifications::add);
      case SCHEMA, CONSTRAIN, DOCUMENT -> {
        needNoArgument(directive);
        sql.put(step, fragment(directive.end(), end));
      }
    }
    if (!isSql(step)) {
      code(directive.end(), end).ifPresent(offset -> misplaced(offset, step));
    }
  }

  private static boolean isSql(Step step) {
    return switch (step) {
      case SCHEMA, CONSTRAIN, DOCUMENT -> true;
      case EXPECT, BACKFILL, VERIFY -> false;
    };
  }

  private void inOrder(Directive directive, Step step) {
    reached.ifPresent(
        before -> {
          if (step.compareTo(before) < 0) {
            problem(
                directive,
                "the step `" + step.word() + "` comes after `" + before.word() + "`",
                "The order is: expect, schema, backfill, verify, constrain, document.");
          } else if (step == before && isSql(step)) {
            problem(
                directive,
                "there are two steps `" + step.word() + "`",
                "Put the SQL of both under one.");
          }
        });
    reached =
        reached.isPresent() && reached.get().compareTo(step) > 0 ? reached : Optional.of(step);
  }

  private void misplaced(int offset, Step step) {
    problem(
        offset,
        "`" + step.word() + "` has no SQL of its own",
        lineAt(offset),
        Optional.of(
            step == Step.BACKFILL
                ? "A backfill is the repair of its invariant, in batches that can be taken back;"
                    + " other SQL belongs under `-- plumb:schema` or `-- plumb:constrain`."
                : "Put the SQL under `-- plumb:schema`, `constrain` or `document`."));
  }

  private void expectation(Directive directive) {
    Matcher matcher = EXPECTATION.matcher(directive.argument());
    if (matcher.matches() && matcher.group(1).equals(OPEN)) {
      notCounted(directive, matcher.group(2));
      return;
    }
    Optional<RowCount> rows =
        matcher.matches() ? RowCount.parse(matcher.group(1)) : Optional.empty();
    if (rows.isEmpty()) {
      problem(
          directive,
          "this is no expectation",
          "Write `-- plumb:expect 618 rows violate INVARIANT`; instead of 618 also 600..650 or"
              + " ~600 (a tenth more or less).");
    } else {
      expectations.add(
          new Expectation(rows.get(), new Reference(matcher.group(2), position(directive))));
    }
  }

  private void notCounted(Directive directive, String invariant) {
    problem(
        directive,
        "how many rows are expected is still open",
        invariant.equals(OPEN)
            ? "Name an invariant, count its violations with `plumb audit`, and write the number"
                + " instead of `?`; or delete the line."
            : "Count them with `plumb audit "
                + invariant
                + "`, and write the number instead of `?`.");
  }

  private Optional<Reference> reference(Directive directive) {
    if (directive.argument().equals(OPEN)) {
      problem(
          directive,
          "which invariant `" + directive.word() + "` is about is still open",
          "Write its name instead of `?`. Where there is nothing to fill in, delete the line and"
              + " say why: `-- plumb:no-backfill REASON`.");
      return Optional.empty();
    }
    if (directive.argument().isEmpty() || directive.argument().contains(" ")) {
      problem(
          directive,
          "`" + directive.word() + "` takes the name of one invariant",
          "Write `-- plumb:" + directive.word() + " INVARIANT`, a line for each.");
      return Optional.empty();
    }
    return Optional.of(new Reference(directive.argument(), position(directive)));
  }

  /** A directive that opens no step. */
  private void remark(Directive directive) {
    Optional<Kind> point =
        Arrays.stream(Kind.values()).filter(k -> k.word().equals(directive.word())).findFirst();
    if (point.isPresent()) {
      point(directive, point.get());
      return;
    }
    switch (directive.word()) {
      case TODO ->
          problem(
              directive,
              directive.argument().isEmpty()
                  ? "something is still to do here"
                  : "still to do: " + directive.argument(),
              "Do it, then delete this line.");
      case PROBES -> probes(directive);
      case NO_BACKFILL -> noBackfill = reason(directive, directive.argument());
      case ALLOW -> {
        String[] parts = directive.argument().split("\\s+", 2);
        reason(directive, parts.length == 2 ? parts[1] : "")
            .ifPresent(reason -> allowed.add(new Allowance(parts[0], reason)));
      }
      default ->
          problem(
              directive,
              "`" + directive.word() + "` is no directive",
              Suggestion.sentence(directive.word(), WORDS));
    }
  }

  private void probes(Directive directive) {
    String name = directive.argument();
    if (name.equals(OPEN)) {
      problem(
          directive,
          "which probes are sent is still open",
          "Write the name of a file in probes/ instead of `?`, or delete the line.");
    } else if (name.isEmpty() || name.contains(" ")) {
      problem(
          directive,
          "`probes` takes the name of one file",
          "Write `-- plumb:probes NAME` for probes/NAME.yaml.");
    } else if (probes.isPresent()) {
      problem(directive, "there are two lines `probes`", "Put all requests into one file.");
    } else {
      probes = Optional.of(new ProbesName(name, position(directive)));
    }
  }

  /** A point of the checklist; {@code ?} says that it is open. */
  private void point(Directive directive, Kind kind) {
    String answer = directive.argument();
    if (answer.isEmpty() || (kind == Kind.STAGING && !answer.equals(OPEN) && !isDay(answer))) {
      problem(
          directive,
          "`" + kind.word() + "` says nothing that can be read",
          switch (kind) {
            case ROLLBACK -> "Write `-- plumb:rollback HOW`, or `?` while that is open.";
            case REVIEW -> "Write `-- plumb:review NAME`, or `?` while nobody has read it.";
            case STAGING ->
                "Write `-- plumb:staging 2026-11-21`, the day on which it ran there, or `?`"
                    + " before.";
          });
      return;
    }
    checklist.add(
        new ChecklistPoint(
            kind, Optional.of(answer).filter(a -> !a.equals(OPEN)), position(directive)));
  }

  private static boolean isDay(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private Optional<Reason> reason(Directive directive, String reason) {
    if (reason.isBlank()) {
      problem(
          directive,
          "`" + directive.word() + "` does not say why",
          directive.word().equals(ALLOW)
              ? "Write `-- plumb:allow RULE REASON`."
              : "Write `-- plumb:no-backfill REASON`.");
      return Optional.empty();
    }
    return Optional.of(new Reason(reason, position(directive)));
  }

  private void needNoArgument(Directive directive) {
    if (!directive.argument().isEmpty()) {
      problem(
          directive,
          "`" + directive.word() + "` takes no argument",
          "Put what follows on the next line.");
    }
  }

  private Fragment fragment(int start, int end) {
    return new Fragment(text.substring(start, end), position(start), 1);
  }

  /** Where in a stretch SQL begins; empty if there are only comments. */
  private Optional<Integer> code(int start, int end) {
    return SqlScan.of(text.substring(start, end)).code().stream()
        .map(token -> start + token.start())
        .findFirst();
  }

  private void problem(Directive directive, String what, String suggestion) {
    problem(
        directive.start(),
        what,
        text.substring(directive.start(), directive.end()),
        Optional.of(suggestion));
  }

  private void problem(int offset, String what, String here, Optional<String> suggestion) {
    problems.add(new Problem(position(offset), what, here, suggestion));
  }

  private String lineAt(int offset) {
    int end = text.indexOf('\n', offset);
    return text.substring(offset, end < 0 ? text.length() : end).strip();
  }

  private Position position(Directive directive) {
    return position(directive.start());
  }

  private Position position(int offset) {
    return new Fragment(text, new Position(file, 1, 1), 1).at(offset);
  }
}

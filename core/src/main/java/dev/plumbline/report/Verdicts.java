package dev.plumbline.report;

import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Verdict;
import dev.plumbline.error.ExitCode;
import dev.plumbline.invariant.Agree;
import dev.plumbline.invariant.Derive;
import dev.plumbline.invariant.Every;
import dev.plumbline.invariant.Exist;
import dev.plumbline.invariant.None;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Verdicts in words, for every kind of report. */
final class Verdicts {
  private static final List<Verdict> WORST_FIRST =
      List.of(Verdict.BLIND, Verdict.VIOLATED, Verdict.WARNS, Verdict.HOLDS);

  private Verdicts() {}

  static String mark(Verdict verdict) {
    return switch (verdict) {
      case HOLDS -> "✓";
      case WARNS -> "!";
      case VIOLATED -> "✗";
      case BLIND -> "?";
    };
  }

  /** The word in JSON and behind a name. */
  static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  static String paint(Verdict verdict, String text, TextStyle style) {
    return switch (verdict) {
      case HOLDS -> style.green(text);
      case WARNS -> style.yellow(text);
      case VIOLATED, BLIND -> style.red(text);
    };
  }

  /** The verdict on all invariants together; without any, nothing is wrong. */
  static Verdict worst(AuditReport report) {
    return WORST_FIRST.stream()
        .filter(verdict -> report.results().stream().anyMatch(r -> r.verdict() == verdict))
        .findFirst()
        .orElse(Verdict.HOLDS);
  }

  /** The exit code of one invariant alone. */
  static ExitCode exitCode(AuditResult result) {
    return new AuditReport("", "", Instant.EPOCH, List.of(result)).exitCode();
  }

  /** Such as {@code 1 violated, 3 hold}; worst first, what does not occur is left out. */
  static String tally(AuditReport report) {
    Stream<String> parts =
        WORST_FIRST.stream()
            .map(v -> part(v, report.results().stream().filter(r -> r.verdict() == v).count()))
            .filter(part -> !part.isEmpty());
    return String.join(", ", parts.toList());
  }

  private static String part(Verdict verdict, long number) {
    if (number == 0) {
      return "";
    }
    boolean one = number == 1;
    return number
        + switch (verdict) {
          case HOLDS -> one ? " holds" : " hold";
          case WARNS -> one ? " warns" : " warn";
          case VIOLATED -> one ? " is violated" : " are violated";
          case BLIND -> " could not be looked at";
        };
  }

  /** What the exit code means, in words. */
  static String meaning(ExitCode code) {
    return switch (code) {
      case OK -> "all hold";
      case WARNING -> "holds with a warning";
      case FAILED -> "does not hold";
      case USAGE -> "wrong usage";
      case UNREACHABLE -> "the database is unreachable";
      case BUG -> "an error of Plumbline's own";
      case BUSY -> "busy, try again";
      case DENIED -> "not permitted";
      case PROJECT -> "something in the project's files is wrong";
    };
  }

  /** Whether a repair can be asked for: three kinds bring their own, two must declare one. */
  static boolean canBeRepaired(AuditResult result) {
    return result.verdict() != Verdict.BLIND
        && result.counts().map(counts -> counts.violations() > 0).orElse(false)
        && (!result.invariant().terms().repair().isEmpty()
            || switch (result.invariant()) {
              case Derive d -> true;
              case Every e -> true;
              case Exist e -> true;
              case None n -> false;
              case Agree a -> false;
            });
  }
}

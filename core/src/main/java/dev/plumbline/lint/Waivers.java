package dev.plumbline.lint;

import dev.plumbline.error.Suggestion;
import dev.plumbline.parser.Statement;
import dev.plumbline.project.Directive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The findings that a file waives: {@code -- plumb:allow RULE REASON}. On the line before a
 * statement it stands for that statement, elsewhere for the file.
 */
final class Waivers {
  /** The names of the findings about waivers themselves; no waiver covers them. */
  static final String BAD = "bad-allow";

  static final String UNUSED = "unused-allow";

  private static final String WITHOUT_REASON =
      "Who reads the file later cannot tell whether the exception still holds.";
  private static final String UNKNOWN = "It waives nothing: the finding it was meant for stays.";
  private static final String NOT_NEEDED =
      "It would hide such a finding when there is one, and nobody would have decided that.";

  /** What came of the findings. */
  record Outcome(List<Finding> kept, int waived) {}

  /**
   * @param statement what it stands for; empty: the whole file
   */
  private record Waiver(Directive directive, String rule, Optional<Statement> statement) {
    boolean covers(Finding finding) {
      return finding.rule().equals(rule)
          && statement
              .map(s -> s.start() <= finding.start() && finding.start() <= s.end())
              .orElse(true);
    }
  }

  private final LintFile file;

  /** Rules that were not looked for. */
  private final Set<String> aside;

  private final List<Waiver> waivers = new ArrayList<>();
  private final List<Finding> own = new ArrayList<>();

  private Waivers(LintFile file, Set<String> aside) {
    this.file = file;
    this.aside = Set.copyOf(aside);
  }

  /**
   * @param style whether rules of style were looked for; else what waives them stands aside
   */
  static Waivers of(LintFile file, List<Rule> rules, boolean style) {
    Set<String> aside = new HashSet<>();
    rules.stream().filter(rule -> rule.isStyle() && !style).map(Rule::name).forEach(aside::add);
    Waivers waivers = new Waivers(file, aside);
    List<String> names = rules.stream().map(Rule::name).toList();
    file.directives("allow").forEach(directive -> waivers.add(directive, names));
    return waivers;
  }

  private void add(Directive directive, List<String> rules) {
    String[] parts = directive.argument().split("\\s+", 2);
    if (!rules.contains(parts[0])) {
      bad(
          directive,
          parts[0].isEmpty() ? "`allow` names no rule" : "there is no rule `" + parts[0] + "`",
          UNKNOWN,
          "-- plumb:allow "
              + Suggestion.closest(parts[0], rules).orElse("RULE")
              + (parts.length < 2 ? " REASON" : " " + parts[1]));
    } else if (parts.length < 2 || parts[1].isBlank()) {
      bad(
          directive,
          "`allow " + parts[0] + "` does not say why",
          WITHOUT_REASON,
          "-- plumb:allow " + parts[0] + " REASON");
    } else {
      waivers.add(new Waiver(directive, parts[0], statementBelow(directive)));
    }
  }

  private void bad(Directive directive, String what, String harm, String instead) {
    own.add(finding(BAD, Severity.ERROR, directive, what, harm).instead(instead));
  }

  private Finding finding(
      String rule, Severity severity, Directive directive, String what, String harm) {
    return new Finding(
        rule,
        severity,
        file.position(directive.start()),
        directive.start(),
        file.text().substring(directive.start(), directive.end()),
        what,
        harm,
        Optional.empty());
  }

  /** The statement on the next line; further waivers may stand between. */
  private Optional<Statement> statementBelow(Directive directive) {
    int next = nextLine(directive.end());
    for (Directive other : file.directives("allow")) {
      if (other.start() > directive.start() && lineStart(other.start()) == next) {
        next = nextLine(other.end());
      }
    }
    int line = next;
    return file.statements().stream()
        .map(LintStatement::statement)
        .filter(statement -> lineStart(statement.start()) == line)
        .findFirst();
  }

  private int lineStart(int offset) {
    return file.text().lastIndexOf('\n', offset - 1) + 1;
  }

  private int nextLine(int offset) {
    int end = file.text().indexOf('\n', offset);
    return end < 0 ? file.text().length() : end + 1;
  }

  /** Takes out what is waived, and adds what is wrong with the waivers. */
  Outcome apply(List<Finding> findings) {
    Set<Waiver> used = new HashSet<>();
    List<Finding> kept = new ArrayList<>();
    for (Finding finding : findings) {
      List<Waiver> covering = waivers.stream().filter(w -> w.covers(finding)).toList();
      used.addAll(covering);
      if (covering.isEmpty()) {
        kept.add(finding);
      }
    }
    int waived = findings.size() - kept.size();
    waivers.stream()
        .filter(waiver -> !used.contains(waiver) && !aside.contains(waiver.rule()))
        .map(this::unused)
        .forEach(kept::add);
    kept.addAll(own);
    kept.sort(Comparator.comparingInt(Finding::start));
    return new Outcome(kept, waived);
  }

  private Finding unused(Waiver waiver) {
    String where = waiver.statement().isPresent() ? "the statement below" : "this file";
    return finding(
        UNUSED,
        Severity.WARNING,
        waiver.directive(),
        "`" + waiver.rule() + "` finds nothing in " + where,
        NOT_NEEDED);
  }
}

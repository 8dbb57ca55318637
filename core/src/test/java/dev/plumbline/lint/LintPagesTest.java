package dev.plumbline.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule has a page, and what the page calls wrong or right is found so. A block {@code sql
 * wrong} must give exactly one finding, the rule's; {@code sql right} none. {@code sql before} and
 * {@code yaml NAME} above them are files applied earlier and the project's invariants; they count
 * for all examples below. An example may begin with its file's name, {@code -- V2__users.sql}.
 */
@WithParser
class LintPagesTest {
  private static final Path PAGES = Path.of("..", "docs", "lint");
  private static final Path OVERVIEW = Path.of("..", "docs", "lint.md");
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^```(?<language>sql|yaml) (?<role>[\\w-]+)\n(?<text>.*?)^```");
  private static final Pattern FILE = Pattern.compile("-- (?<file>[\\w/.-]+\\.sql)\n");
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| \\[`(?<rule>[\\w-]+)`\\]\\(lint/(?<page>[\\w-]+)\\.md\\) \\| (?<severity>\\w+) \\| (?<summary>.*) \\|$");

  static List<Rule> rules() {
    return Rules.ALL;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void what_a_page_calls_wrong_is_found_and_what_it_calls_right_is_not(Rule rule)
      throws IOException {
    List<MatchResult> blocks = blocks(rule);
    assertThat(blocks).extracting(block -> block.group("role")).contains("wrong", "right");
    for (MatchResult block : blocks) {
      List<String> found =
          findings(rule, blocks, block).stream()
              .map(finding -> finding.rule() + " " + finding.severity())
              .toList();
      switch (block.group("role")) {
        case "wrong" ->
            assertThat(found)
                .as(block.group("text"))
                .containsExactly(rule.name() + " " + rule.severity());
        case "right" -> assertThat(found).as(block.group("text")).isEmpty();
        default -> {}
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_page_begins_with_the_rule_and_says_its_harm(Rule rule) throws IOException {
    assertThat(Files.readString(page(rule)))
        .startsWith("# " + rule.name() + "\n")
        .contains("## Harm", "## Wrong", "## Right");
  }

  @Test
  void the_overview_lists_all_rules_as_they_are() throws IOException {
    assertThat(ROW.matcher(Files.readString(OVERVIEW)).results().map(LintPagesTest::row))
        .containsExactlyElementsOf(
            Rules.ALL.stream()
                .map(r -> List.of(r.name(), r.name(), r.severity().word(), r.summary()))
                .toList());
  }

  @Test
  void there_is_no_page_without_a_rule() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Rules.ALL.stream().map(rule -> rule.name() + ".md").toList());
    }
  }

  private static List<String> row(MatchResult row) {
    return List.of(
        row.group("rule"), row.group("page"), row.group("severity"), row.group("summary"));
  }

  private static List<MatchResult> blocks(Rule rule) throws IOException {
    return BLOCK.matcher(Files.readString(page(rule))).results().toList();
  }

  private static Path page(Rule rule) {
    return PAGES.resolve(rule.name() + ".md");
  }

  private static List<Finding> findings(Rule rule, List<MatchResult> blocks, MatchResult example) {
    List<MatchResult> above =
        blocks.stream().filter(block -> block.start() < example.start()).toList();
    Lints lints =
        Lints.after(
            above.stream()
                .filter(block -> block.group("role").equals("before"))
                .map(block -> block.group("text"))
                .toArray(String[]::new));
    if (rule.isStyle()) {
      lints.style();
    }
    above.stream()
        .filter(block -> block.group("language").equals("yaml"))
        .forEach(block -> lints.invariant(block.group("role"), block.group("text")));
    Matcher named = FILE.matcher(example.group("text"));
    return named.lookingAt()
        ? lints.and(named.group("file"), example.group("text")).findings()
        : lints.findings(example.group("text"));
  }
}

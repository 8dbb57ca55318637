package dev.plumbline.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.rule.Rules;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files as projects write them, in the layouts of all tools. Those in {@code clean} have no
 * finding; each folder there is one run. Those in {@code wrong} are runs of their own, and say in a
 * comment what is to be found: {@code -- expect: RULE:LINE, RULE:LINE}. In {@code plumbline} lie
 * files of a project, in {@code style} those that are looked at with {@code --style}.
 */
@WithParser
class CorpusTest {
  private static final Pattern EXPECTED = Pattern.compile("(?m)^-- expect: (.*)$");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  @Test
  void in_clean_files_nothing_is_found() throws IOException {
    List<String> found = new ArrayList<>();
    int files = 0;
    for (Path folder : children(corpus("clean"))) {
      List<LintSource> run = sources(folder, sql(folder));
      files += run.size();
      linter(false).lint(run).findings().stream()
          .map(finding -> finding.position() + " " + finding.rule() + ": " + finding.what())
          .forEach(found::add);
    }
    assertThat(found).isEmpty();
    assertThat(files).isGreaterThanOrEqualTo(150);
  }

  @Test
  void in_wrong_files_what_is_planted_is_found_and_nothing_else() throws IOException {
    int files = 0;
    List<String> wrong = new ArrayList<>();
    for (Path folder : children(corpus("wrong"))) {
      Linter linter = linter(folder.endsWith("style"));
      for (Path file : sql(folder)) {
        files++;
        List<String> expected = expected(Files.readString(file));
        List<String> found =
            linter.lint(sources(folder, List.of(file))).findings().stream()
                .map(finding -> finding.rule() + ":" + finding.position().line())
                .sorted()
                .toList();
        if (!found.equals(expected)) {
          wrong.add(folder.relativize(file) + " expects " + expected + " but has " + found);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(files).isGreaterThanOrEqualTo(100);
  }

  /** Those that do need one are tried by tests of their own. */
  @Test
  void every_rule_that_needs_no_invariant_has_a_wrong_file() throws IOException {
    List<String> planted = new ArrayList<>();
    for (Path folder : children(corpus("wrong"))) {
      for (Path file : sql(folder)) {
        expected(Files.readString(file)).forEach(e -> planted.add(e.split(":")[0]));
      }
    }
    assertThat(Rules.ALL.stream().map(Rule::name).filter(name -> !planted.contains(name)))
        .containsExactlyInAnyOrder(
            "derived-never-filled",
            "default-hides-unfilled",
            "backfill-differs-from-invariant",
            "formula-written-twice");
  }

  private static Linter linter(boolean style) {
    return new Linter(Rules.ALL, List.of(), Optional.empty(), style);
  }

  private static List<String> expected(String text) {
    Matcher matcher = EXPECTED.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Arrays.stream(matcher.group(1).split(",")).map(String::strip).sorted().toList();
  }

  /** As if the folder were the directory in which the lint is called. */
  private static List<LintSource> sources(Path folder, List<Path> files) throws IOException {
    List<LintSource> sources = new ArrayList<>();
    for (Path file : files) {
      sources.add(
          new LintSource(
              folder.relativize(file),
              Files.readString(file),
              settings(file),
              folder.endsWith("plumbline"),
              true));
    }
    return sources;
  }

  private static String settings(Path file) throws IOException {
    for (String name : List.of(file.getFileName() + ".conf", "metadata.toml")) {
      if (Files.exists(file.resolveSibling(name))) {
        return Files.readString(file.resolveSibling(name));
      }
    }
    return "";
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  /** In the order of their numbers, so that V10 comes behind V9. */
  private static List<Path> sql(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .sorted(Comparator.comparing(CorpusTest::padded))
          .toList();
    }
  }

  private static String padded(Path file) {
    return NUMBER.matcher(file.toString()).replaceAll(CorpusTest::padded);
  }

  private static String padded(MatchResult number) {
    return "0".repeat(Math.max(20 - number.group().length(), 0)) + number.group();
  }

  private static Path corpus(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(CorpusTest.class.getResource("/corpus/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.plumbline.lint;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.parser.PostgresParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks at migrations without running them. Files are parsed on all cores; the rules then see them
 * in the order in which they are applied. Used by one thread.
 */
public final class Linter {
  /** Each parser takes 40 MB of heap. */
  private static final int MOST_THREADS = 8;

  private final PostgresParser parser = new PostgresParser();
  private final List<Rule> rules;
  private final List<Invariant> invariants;
  private final Optional<LiveTables> live;
  private final boolean style;

  /**
   * @param invariants the project's; none without a project
   * @param live the live tables, where a database was named
   * @param style whether to look for matters of taste too
   * @throws PlumblineException (project) if the build has no parser
   */
  public Linter(
      List<Rule> rules, List<Invariant> invariants, Optional<LiveTables> live, boolean style) {
    requireParser();
    this.rules = List.copyOf(rules);
    this.invariants = List.copyOf(invariants);
    this.live = live;
    this.style = style;
  }

  private static void requireParser() {
    if (!PostgresParser.isAvailable()) {
      throw new PlumblineException(
          ErrorCode.UNREACHABLE,
          "PostgreSQL's parser is not part of this build of Plumbline: npm was missing or failed"
              + " when it was built.",
          "Nothing was looked at, so nothing is known to be in order.",
          "Install Node.js, which brings npm, and build again:"
              + " ./mvnw -Dmaven.test.skip=true package");
    }
  }

  /**
   * Looks at files.
   *
   * @param sources in the order in which they are applied
   */
  public LintReport lint(List<LintSource> sources) {
    List<LintFile> files = read(sources);
    Timeline timeline = new Timeline(files, together(sources));
    Surroundings around = new Surroundings(files, timeline, invariants, live, parser);
    List<Finding> kept = new ArrayList<>();
    int waived = 0;
    int statements = 0;
    for (LintFile file : files) {
      if (sources.get(file.number()).judged()) {
        Waivers.Outcome outcome = Waivers.of(file, rules, style).apply(findings(file, around));
        kept.addAll(outcome.kept());
        waived += outcome.waived();
        statements += file.statements().size();
      }
    }
    int judged = (int) sources.stream().filter(LintSource::judged).count();
    return new LintReport(judged, statements, kept, waived);
  }

  /** Where some files are known to be older, the others go out together. */
  private static Set<Integer> together(List<LintSource> sources) {
    Set<Integer> judged =
        IntStream.range(0, sources.size())
            .filter(i -> sources.get(i).judged())
            .boxed()
            .collect(Collectors.toSet());
    return judged.size() == sources.size() ? Set.of() : judged;
  }

  private List<Finding> findings(LintFile file, Surroundings around) {
    return rules.stream()
        .filter(rule -> style || !rule.isStyle())
        .flatMap(rule -> rule.check(file, around).stream())
        .map(finding -> finding.restored(file::restored))
        .sorted(Comparator.comparingInt(Finding::start).thenComparing(Finding::rule))
        .toList();
  }

  private List<LintFile> read(List<LintSource> sources) {
    FileReader reader = new FileReader(parser);
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    List<Callable<LintFile>> jobs =
        IntStream.range(0, sources.size())
            .<Callable<LintFile>>mapToObj(i -> () -> reader.read(i, sources.get(i)))
            .toList();
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.max(threads, 1))) {
      List<LintFile> files = new ArrayList<>();
      for (Future<LintFile> file : pool.invokeAll(jobs)) {
        files.add(file.get());
      }
      return files;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException thrown
          ? thrown
          : new IllegalStateException(e.getCause());
    }
  }

  private static PlumblineException stopped(InterruptedException cause) {
    return new PlumblineException(
        ErrorCode.BUSY,
        "The lint was stopped before it had read all files.",
        "A lint changes nothing.",
        "Run it again.",
        cause);
  }
}

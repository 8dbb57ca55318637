package dev.plumbline.cli;

import dev.plumbline.journal.NewRun.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of an invariant a run is about. Filled by picocli. */
final class ScopeOptions {
  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only violations of rows that meet this condition.")
  @Nullable String where;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Only this key; a composite one with commas: CCC,2014B,17. Repeatable.")
  List<String> keys = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "N", description = "At most so many violations.")
  @Nullable Long limit;

  /**
   * @throws dev.plumbline.error.PlumblineException (usage) if a value makes no sense
   */
  Scope scope() {
    if (limit != null && limit < 1) {
      throw UsageErrors.usage("--limit is a number from 1 on.", "Write such as --limit 100");
    }
    return new Scope(
        Optional.ofNullable(where).map(text -> new WhereFlag(text).fragment().text()),
        keys.stream().map(KeyFlag::parse).toList(),
        limit == null ? OptionalLong.empty() : OptionalLong.of(limit));
  }
}

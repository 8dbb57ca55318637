package dev.plumbline.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.invariant.Terms;
import dev.plumbline.project.InvariantReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts mean, by the thresholds of an invariant's file. */
class VerdictsTest {

  /** The thresholds; population, violations, of which inactive; the verdict. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                              | 100 | 0   | 0 | HOLDS",
        "''                              | 100 | 1   | 0 | VIOLATED",
        "''                              | 0   | 0   | 0 | HOLDS",
        "'severity: warn'                | 100 | 0   | 0 | HOLDS",
        "'severity: warn'                | 100 | 100 | 0 | WARNS",
        "'tolerate: {warn: 0, fail: 10}' | 100 | 0   | 0 | HOLDS",
        "'tolerate: {warn: 0, fail: 10}' | 100 | 1   | 0 | WARNS",
        "'tolerate: {warn: 0, fail: 10}' | 100 | 10  | 0 | WARNS",
        "'tolerate: {warn: 0, fail: 10}' | 100 | 11  | 0 | VIOLATED",
        "'tolerate: {warn: 5, fail: 10}' | 100 | 5   | 0 | HOLDS",
        "'tolerate: {warn: 5, fail: 10}' | 100 | 6   | 0 | WARNS",
        "'tolerate: {warn: 5, fail: 5}'  | 100 | 6   | 0 | VIOLATED",
        "'coverage: {warn: 99.0}'        | 100 | 0   | 0 | HOLDS",
        "'coverage: {warn: 99.0}'        | 100 | 1   | 0 | WARNS",
        "'coverage: {warn: 99.0}'        | 100 | 1   | 1 | VIOLATED",
        "'coverage: {warn: 99.0}'        | 100 | 2   | 0 | VIOLATED",
        "'coverage: {warn: 99.0}'        | 0   | 0   | 0 | HOLDS",
        // 98.9999 % is shown as 99.0 or less, and is not 99 %.
        "'coverage: {warn: 99.0}'        | 1000000 | 10001 | 0 | VIOLATED",
        "'coverage: {warn: 99.0}'        | 1000000 | 10000 | 0 | WARNS",
      })
  void judges_by_the_thresholds(
      String thresholds, long population, long violations, long inactive, Verdict verdict) {
    Terms terms =
        InvariantReader.read(
                Path.of("covered.yaml"),
                "says: Covered.\nevery: SELECT 1 AS id\nhas: things\nmatch: [id]\n"
                    + "with: {active: true}\n"
                    + thresholds
                    + "\n")
            .terms();
    Counts counts = counts(population, violations, inactive);
    assertThat(Verdicts.of(terms, counts)).isEqualTo(verdict);
  }

  private static Counts counts(long population, long violations, long inactive) {
    return new Counts(
        population,
        OptionalLong.of(population),
        violations,
        violations - inactive,
        inactive,
        0,
        0,
        OptionalLong.empty());
  }

  /** Population, violations, the coverage that is shown. */
  @ParameterizedTest
  @CsvSource({
    "100, 0, 100.0",
    "0, 0, 100.0",
    "100, 100, 0.0",
    "4200, 310, 92.6",
    "3, 1, 66.7",
    "1000000, 1, 99.9",
    "1000, 1, 99.9",
    "8, 1, 87.5",
  })
  void coverage_is_100_only_where_nothing_violates(
      long population, long violations, BigDecimal shown) {
    assertThat(counts(population, violations, 0).coverage()).hasValue(shown);
  }
}

package dev.plumbline.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.plumbline.error.PlumblineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Core as it is keeps the rules; {@link PlantedViolationTest} shows that the rules can fail. */
class ArchitectureTest {
  /** The main classes of this module alone; tests and the other modules share the root package. */
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importUrl(PlumblineException.class.getProtectionDomain().getCodeSource().getLocation());

  @ParameterizedTest
  @MethodSource("dev.plumbline.architecture.Directions#packages")
  void each_package_keeps_its_direction(String name) {
    Directions.keeps_its_direction(name).check(CORE);
  }

  @Test
  void every_class_has_its_place() {
    Directions.every_class_has_its_place().check(CORE);
  }

  @Test
  void no_cycles() {
    Directions.no_cycles().check(CORE);
  }

  @Test
  void core_brings_nothing_along() {
    Directions.core_brings_nothing_along().check(CORE);
  }

  @Test
  void run_knows_no_database() {
    Directions.run_knows_no_database().check(CORE);
  }

  @Test
  void only_http_makes_requests() {
    Directions.only_http_makes_requests().check(CORE);
  }

  @Test
  void dialect_runs_no_statement() {
    Directions.dialect_runs_no_statement().check(CORE);
  }

  @Test
  void error_knows_nothing() {
    Directions.error_knows_nothing().check(CORE);
  }

  @Test
  void report_shows_records() {
    Directions.report_shows_records().check(CORE);
  }
}

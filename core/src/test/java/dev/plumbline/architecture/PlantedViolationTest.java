package dev.plumbline.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule, tried on classes that break it. They are compiled here and never loaded. */
class PlantedViolationTest {
  @TempDir Path sources;
  @TempDir Path compiled;

  private final List<String> files = new ArrayList<>();

  @Test
  void each_direction_that_is_not_listed_is_refused() throws IOException {
    for (String from : Directions.packages()) {
      plant(from, "Known", "public class Known {}");
      for (String to : Directions.packages()) {
        plant(
            from,
            "Knows_" + to,
            "class Knows_" + to + " { dev.plumbline." + to + ".Known known; }");
      }
    }
    JavaClasses planted = compile();

    for (String from : Directions.packages()) {
      List<String> refused = failures(Directions.keeps_its_direction(from), planted);
      for (String to : Directions.packages()) {
        String planter = "dev.plumbline." + from + ".Knows_" + to + ".known";
        assertThat(refused.stream().anyMatch(line -> line.contains(planter)))
            .as("%s -> %s is refused", from, to)
            .isEqualTo(!Directions.allowed(from, to));
      }
    }
  }

  @Test
  void a_package_without_a_place_is_refused() throws IOException {
    plant("helper", "Stray", "class Stray {}");
    assertRefused(Directions.every_class_has_its_place(), "helper.Stray");
  }

  @Test
  void a_cycle_is_refused() throws IOException {
    plant("dialect", "Outer", "public class Outer { dev.plumbline.dialect.inner.Inner inner; }");
    plant("dialect.inner", "Inner", "public class Inner { dev.plumbline.dialect.Outer outer; }");
    assertRefused(Directions.no_cycles(), "dialect.inner.Inner.outer");
  }

  @Test
  void a_driver_in_core_is_refused() throws IOException {
    plant("database", "Copies", "class Copies { org.postgresql.PGConnection connection; }");
    assertRefused(Directions.core_brings_nothing_along(), "database.Copies.connection");
  }

  @Test
  void a_run_that_knows_a_database_is_refused() throws IOException {
    plant("run", "Loop", "class Loop { java.sql.Connection connection; }");
    assertRefused(Directions.run_knows_no_database(), "run.Loop.connection");
  }

  @Test
  void a_request_from_elsewhere_is_refused() throws IOException {
    plant("probe", "Asks", "class Asks { java.net.http.HttpClient client; }");
    assertRefused(Directions.only_http_makes_requests(), "probe.Asks.client");
  }

  @Test
  void a_dialect_that_runs_statements_is_refused() throws IOException {
    plant("dialect", "Runs", "class Runs { java.sql.PreparedStatement statement; }");
    assertRefused(Directions.dialect_runs_no_statement(), "dialect.Runs.statement");
  }

  @Test
  void an_error_that_knows_jdbc_is_refused() throws IOException {
    plant("error", "Wraps", "class Wraps { java.sql.SQLException cause; }");
    assertRefused(Directions.error_knows_nothing(), "error.Wraps.cause");
  }

  @Test
  void a_report_that_fetches_is_refused() throws IOException {
    plant("journal", "Journal", "public final class Journal {}");
    plant("journal", "RunRecord", "public record RunRecord(long id) {}");
    plant("report", "Shows", "class Shows { dev.plumbline.journal.RunRecord shown; }");
    plant("report", "Fetches", "class Fetches { dev.plumbline.journal.Journal journal; }");
    assertThat(failures(Directions.report_shows_records(), compile()))
        .singleElement()
        .asString()
        .contains("report.Fetches.journal");
  }

  private void plant(String name, String type, String source) throws IOException {
    Path file =
        sources.resolve("dev/plumbline").resolve(name.replace('.', '/')).resolve(type + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "package dev.plumbline." + name + ";\n" + source);
    files.add(file.toString());
  }

  private JavaClasses compile() {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", compiled.toString()));
    arguments.addAll(files);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    return new ClassFileImporter().importPath(compiled);
  }

  private void assertRefused(ArchRule rule, String where) {
    assertThat(failures(rule, compile())).anyMatch(line -> line.contains(where));
  }

  private static List<String> failures(ArchRule rule, JavaClasses classes) {
    return rule.evaluate(classes).getFailureReport().getDetails();
  }
}

package dev.plumbline.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.SqlScan;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** A command asks core and prints what it answers; each rule is tried on a class that breaks it. */
class ArchitectureTest {
  /** The command line's own main classes; the tests run in the module's directory. */
  private static final JavaClasses CLI =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  private static final ArchRule NO_JDBC =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.plumbline.cli.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.sqlite..")
          .because("core opens connections; only the demo plays the users of its databases")
          .allowEmptyShould(true);

  private static final ArchRule NO_SQL =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.plumbline.dialect..")
                  .and(not(belongToAnyOf(Fragment.class, SqlScan.class, Key.class))))
          .because(
              "the SQL of --where and the keys of --key are the user's; a command that writes its own does core's work")
          .allowEmptyShould(true);

  private static final ArchRule NO_CYCLES =
      slices().matching("dev.plumbline.cli.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @Test
  void no_command_opens_a_connection() {
    NO_JDBC.check(CLI);
    assertRefuses(NO_JDBC, OpensConnection.class);
  }

  @Test
  void no_command_writes_sql() {
    NO_SQL.check(CLI);
    assertRefuses(NO_SQL, WritesSql.class);
  }

  @Test
  void no_cycles() {
    NO_CYCLES.check(CLI);
    assertRefuses(
        NO_CYCLES,
        dev.plumbline.cli.architecture.here.Here.class,
        dev.plumbline.cli.architecture.there.There.class);
  }

  private static void assertRefuses(ArchRule rule, Class<?>... planted) {
    JavaClasses classes = new ClassFileImporter().importClasses(planted);
    assertThat(rule.evaluate(classes).hasViolation()).isTrue();
  }

  private record OpensConnection(Connection connection) {}

  private record WritesSql(Sql sql) {}
}

package dev.plumbline.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which package of core may know which. The way of one job is one line: project, plan, run loop,
 * batch, audit, report.
 */
final class Directions {
  private static final String ROOT = "dev.plumbline.";

  /** Each package with those it may know; a package can only name what stands above it. */
  private static final Map<String, Set<String>> MAY_KNOW = new LinkedHashMap<>();

  static {
    layer("parser"); // a module of its own: SQL text in, trees out
    layer("error");
    layer("run", "error");
    layer("dialect", "error");
    layer("schema", "error", "dialect");
    layer("database", "error", "dialect", "schema");
    layer("layout");
    layer("tracker", "error", "dialect", "schema", "database", "layout");
    layer("claim", "parser", "error", "dialect", "schema", "database");
    layer("drift", "parser", "error", "dialect", "schema", "database", "claim");
    layer("object", "parser", "error", "dialect", "schema", "database", "claim");
    layer("invariant", "error", "dialect", "schema");
    layer("audit", "error", "dialect", "database", "schema", "object", "invariant");
    layer("journal", "error", "run", "dialect", "database", "schema");
    layer("backup", "error", "dialect", "database", "schema", "journal");
    layer("execution", "error", "run", "dialect", "database", "schema", "audit", "journal");
    layer(
        "repair",
        "error",
        "run",
        "dialect",
        "database",
        "schema",
        "object",
        "invariant",
        "audit",
        "journal",
        "execution");
    layer(
        "guard",
        "parser",
        "error",
        "dialect",
        "database",
        "schema",
        "invariant",
        "audit",
        "journal",
        "execution");
    layer(
        "rollback",
        "error",
        "run",
        "dialect",
        "database",
        "schema",
        "object",
        "journal",
        "execution");
    layer(
        "migration",
        "parser",
        "error",
        "run",
        "dialect",
        "database",
        "schema",
        "claim",
        "invariant",
        "audit",
        "journal",
        "execution",
        "repair",
        "guard",
        "rollback");
    layer("document", "error");
    layer("http", "error");
    layer("notice", "error", "run", "http");
    layer("source", "error", "dialect", "document", "http");
    layer("probe", "error", "document", "http");
    layer(
        "transform",
        "error",
        "run",
        "dialect",
        "schema",
        "database",
        "journal",
        "execution",
        "document",
        "source");
    layer(
        "project",
        "error",
        "dialect",
        "backup",
        "layout",
        "invariant",
        "migration",
        "document",
        "http",
        "source",
        "probe");
    layer(
        "lint",
        "parser",
        "error",
        "dialect",
        "schema",
        "database",
        "layout",
        "invariant",
        "migration",
        "project");
    layer("proposal", "error", "dialect", "schema", "database", "invariant", "audit", "project");
    layer(
        "verify",
        "parser",
        "error",
        "dialect",
        "schema",
        "database",
        "claim",
        "object",
        "drift",
        "layout",
        "tracker",
        "invariant",
        "journal",
        "migration",
        "project");
    layer(
        "status",
        "error",
        "run",
        "dialect",
        "database",
        "invariant",
        "audit",
        "journal",
        "guard",
        "migration");
    layer(
        "report",
        "error",
        "run",
        "dialect",
        "backup",
        "invariant",
        "project",
        "proposal",
        "status",
        "lint",
        "layout",
        "tracker",
        "verify",
        "audit",
        "journal",
        "execution",
        "repair",
        "guard",
        "rollback",
        "migration",
        "document",
        "source",
        "probe",
        "transform");
  }

  private Directions() {}

  private static void layer(String name, String... mayKnow) {
    Set<String> known = Set.of(mayKnow);
    if (!MAY_KNOW.keySet().containsAll(known)) {
      throw new IllegalArgumentException(name + " may only know packages above it");
    }
    MAY_KNOW.put(name, known);
  }

  static Set<String> packages() {
    return MAY_KNOW.keySet();
  }

  static boolean allowed(String from, String to) {
    return from.equals(to) || MAY_KNOW.getOrDefault(from, Set.of()).contains(to);
  }

  /** The package knows nothing but what its line above lists. */
  static ArchRule keeps_its_direction(String name) {
    String[] forbidden =
        packages().stream()
            .filter(other -> !allowed(name, other))
            .map(Directions::pattern)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(pattern(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because(name + " may know " + MAY_KNOW.get(name) + " only")
        .allowEmptyShould(true);
  }

  /** A new package gets its line above before it gets its first class. */
  static ArchRule every_class_has_its_place() {
    return classes().should().resideInAnyPackage(patterns(packages()));
  }

  static ArchRule no_cycles() {
    return slices().matching("dev.plumbline.(**)").should().beFreeOfCycles();
  }

  /** Requests leave from one place, where their budgets are kept and their secrets redacted. */
  static ArchRule only_http_makes_requests() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(pattern("http"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..");
  }

  /** Others embed core: they bring the driver, and there may be no web server at all. */
  static ArchRule core_brings_nothing_along() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.postgresql..",
            "org.sqlite..",
            "io.zonky..",
            "picocli..",
            "com.sun.net.httpserver..",
            "dev.plumbline.cli..",
            "dev.plumbline.server..",
            "dev.plumbline.embedded..",
            "dev.plumbline.testkit..");
  }

  /** The spine works for whatever can be changed in batches, and so cannot know what that is. */
  static ArchRule run_knows_no_database() {
    return noClasses()
        .that()
        .resideInAPackage(pattern("run"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .allowEmptyShould(true);
  }

  /** SQL text, nothing else. */
  static ArchRule dialect_runs_no_statement() {
    return noClasses()
        .that()
        .resideInAPackage(pattern("dialect"))
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.sql\\.(Connection|.*Statement|ResultSet|Driver.*)|javax\\.sql\\..*")
        .allowEmptyShould(true);
  }

  /** What went wrong is told in words of its own, whatever library it happened in. */
  static ArchRule error_knows_nothing() {
    return classes()
        .that()
        .resideInAPackage(pattern("error"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            pattern("error"),
            "java.lang..",
            "java.io..",
            "java.nio..",
            "java.time..",
            "java.util..",
            "org.jspecify..")
        .allowEmptyShould(true);
  }

  /** A report shows results; it cannot make, change or fetch them. */
  static ArchRule report_shows_records() {
    return noClasses()
        .that()
        .resideInAPackage(pattern("report"))
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + ".").and(DescribedPredicate.not(aValue())))
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> aValue() {
    return describe(
        "records, enums and interfaces, errors and the reports themselves",
        type ->
            type.isRecord()
                || type.isEnum()
                || type.isInterface()
                || resideInAPackage(pattern("error"))
                    .or(resideInAPackage(pattern("report")))
                    .test(type));
  }

  private static String pattern(String name) {
    return ROOT + name + "..";
  }

  private static String[] patterns(Collection<String> names) {
    return names.stream().map(Directions::pattern).toArray(String[]::new);
  }
}

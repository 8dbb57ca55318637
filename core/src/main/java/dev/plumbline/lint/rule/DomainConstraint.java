package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ObjectMade;
import dev.plumbline.lint.Change.Other;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Trees;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;

/** A constraint on a type, checked in all tables that use it. */
final class DomainConstraint extends ChangeRule {
  DomainConstraint() {
    super(
        "domain-constraint",
        Severity.WARNING,
        "A constraint added to a domain without `NOT VALID`.",
        "Every table with a column of the domain is locked against writers and read from end to end.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Other other)
        || !other.kind().equals("AlterDomainStmt")
        || !List.of("C", "O").contains(other.tree().text("subtype"))
        || other.tree().at("def").at("Constraint").is("skip_validation")
        || isMadeHere(other, scene)) {
      return Optional.empty();
    }
    Relation domain = domain(other);
    boolean notNull = other.tree().text("subtype").equals("O");
    return Optional.of(
        finding(
                scene.file(),
                other,
                "every table with a column of `" + domain.name() + "` is locked and read")
            .instead(
                notNull
                    ? "ALTER DOMAIN "
                        + domain.sql()
                        + " ADD CONSTRAINT "
                        + Table.quoted(domain.name() + "_not_null")
                        + " CHECK (VALUE IS NOT NULL) NOT VALID;"
                    : scene.sql()
                        + " NOT VALID;\nALTER DOMAIN "
                        + domain.sql()
                        + " VALIDATE CONSTRAINT "
                        + name(other)
                        + ";   -- in a later transaction"));
  }

  private static String name(Other other) {
    String name = other.tree().at("def").at("Constraint").text("conname");
    return name.isEmpty() ? Table.quoted(domain(other).name() + "_check") : Table.quoted(name);
  }

  private static Relation domain(Other other) {
    return Relation.of(Trees.names(other.tree().at("typeName")));
  }

  private static boolean isMadeHere(Other other, Scene scene) {
    return scene
        .file()
        .changes(ObjectMade.class)
        .filter(made -> made.kind().equals("DOMAIN") && made.offset() < other.offset())
        .anyMatch(made -> made.object().same(domain(other)));
  }
}

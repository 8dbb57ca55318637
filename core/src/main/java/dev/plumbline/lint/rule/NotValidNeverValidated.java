package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Change.ConstraintDropped;
import dev.plumbline.lint.Change.ConstraintValidated;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.schema.Table;
import java.util.List;

/** A constraint added {@code NOT VALID} that neither the file nor a later one validates. */
final class NotValidNeverValidated implements Rule {
  @Override
  public String name() {
    return "not-valid-never-validated";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A constraint added `NOT VALID` that no statement validates.";
  }

  @Override
  public String harm() {
    return "Rows that were there before may break the constraint for ever: it binds new writes"
        + " only, and the next update of such a row fails.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    return file.changes(ConstraintAdded.class)
        .filter(added -> added.constraint().notValid())
        .filter(added -> !settled(file, around, added))
        .map(added -> finding(file, added))
        .toList();
  }

  private static boolean settled(LintFile file, Surroundings around, ConstraintAdded added) {
    String name = added.constraint().name();
    boolean validated =
        around
            .timeline()
            .after(ConstraintValidated.class, added.table(), file, added.offset())
            .anyMatch(later -> name.isEmpty() || later.name().equals(name));
    boolean dropped =
        around
            .timeline()
            .after(ConstraintDropped.class, added.table(), file, added.offset())
            .anyMatch(later -> later.name().equals(name));
    return validated || dropped;
  }

  private Finding finding(LintFile file, ConstraintAdded added) {
    String name = added.constraint().name();
    String what =
        (name.isEmpty() ? "this constraint" : "`" + name + "`")
            + " of "
            + added.table()
            + " is added NOT VALID and never validated";
    String constraint = name.isEmpty() ? "its_name" : Table.quoted(name);
    return finding(file, added, what)
        .instead(
            "ALTER TABLE "
                + added.table().sql()
                + " VALIDATE CONSTRAINT "
                + constraint
                + ";   -- in a later transaction; it blocks neither reads nor writes");
  }
}

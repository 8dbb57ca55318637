package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.Change.RowsWritten.Writing;
import dev.plumbline.lint.Change.TableMade;
import dev.plumbline.lint.Constraint;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.parser.Node;
import dev.plumbline.schema.Table;
import java.util.List;

/** An UPDATE or DELETE that reaches every row of a table in one statement. */
final class UnbatchedChange implements Rule {
  @Override
  public String name() {
    return "unbatched-change";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "An `UPDATE` or `DELETE` of a whole table in one statement.";
  }

  @Override
  public String harm() {
    return "Every row stays locked until the end, replicas fall behind, the table doubles in size, and nothing of it can be taken back.";
  }

  /** Below this a whole table is one batch. */
  private static final long SMALL = 10_000;

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    return file.changes(RowsWritten.class)
        .filter(w -> w.writing() == Writing.UPDATE || w.writing() == Writing.DELETE)
        .filter(written -> !around.timeline().isNew(file, written.table(), written.offset()))
        .filter(written -> !isSmall(around, written.table()))
        .filter(written -> reachesAll(file, around, written))
        .map(written -> finding(file, around, written))
        .toList();
  }

  private static boolean isSmall(Surroundings around, Relation table) {
    return around.live().map(live -> live.rows(table).orElse(SMALL) < SMALL).orElse(false);
  }

  private static boolean reachesAll(LintFile file, Surroundings around, RowsWritten written) {
    Node condition = written.statement().at("whereClause");
    if (condition.only().isEmpty() || condition.at("A_Const").at("boolval").is("boolval")) {
      return true;
    }
    return joinsOnly(condition) || asksForNewColumn(file, around, written, condition);
  }

  /** {@code a.id = b.id} and no more: every row that has a partner. */
  private static boolean joinsOnly(Node condition) {
    return condition.at("A_Expr").text("kind").equals("AEXPR_OP")
        && condition.at("A_Expr").at("lexpr").has("ColumnRef")
        && condition.at("A_Expr").at("rexpr").has("ColumnRef");
  }

  /** {@code x IS NULL}, where the file itself adds x without a default: that is every row. */
  private static boolean asksForNewColumn(
      LintFile file, Surroundings around, RowsWritten written, Node condition) {
    Node test = condition.at("NullTest");
    return test.text("nulltesttype").equals("IS_NULL")
        && around
            .timeline()
            .before(ColumnAdded.class, written.table(), file, written.offset())
            .filter(added -> file.changes(ColumnAdded.class).anyMatch(added::equals))
            .filter(added -> added.column().fallback().isEmpty())
            .anyMatch(
                added ->
                    dev.plumbline.lint.Trees.columns(test).equals(List.of(added.column().name())));
  }

  private Finding finding(LintFile file, Surroundings around, RowsWritten written) {
    String verb = written.writing() == Writing.UPDATE ? "UPDATE" : "DELETE";
    return finding(
            file,
            written,
            "this " + verb + " reaches every row of " + written.table() + " in one statement")
        .instead(batches(file, around, written));
  }

  private static String batches(LintFile file, Surroundings around, RowsWritten written) {
    String key = key(around, written.table());
    String table = written.table().sql();
    String sql = written.inBody() ? written.sql() : file.sqlAt(written.offset());
    String first = sql.lines().findFirst().orElse("");
    return "-- plumb:backfill INVARIANT   (in batches that can be taken back), or by key, again and"
        + " again:\n"
        + first
        + (first.length() < sql.length() ? " …" : "")
        + "\n  WHERE "
        + key
        + " IN (SELECT "
        + key
        + " FROM "
        + table
        + " WHERE … ORDER BY "
        + key
        + " LIMIT 5000);";
  }

  private static String key(Surroundings around, Relation table) {
    return around
        .timeline()
        .all(TableMade.class, table)
        .flatMap(made -> made.constraints().stream())
        .filter(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY)
        .filter(constraint -> constraint.columns().size() == 1)
        .map(constraint -> Table.quoted(constraint.columns().getFirst()))
        .findFirst()
        .orElse("id");
  }
}

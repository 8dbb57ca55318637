package dev.plumbline.lint.rule;

import dev.plumbline.layout.Layout.Wrapping;
import dev.plumbline.lint.Change.Transaction;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.ArrayList;
import java.util.List;

/**
 * Transaction control inside a file. Where a tool wraps the file, any of it takes the tool's
 * transaction apart; where nobody is known to, only what has no partner is wrong.
 */
final class TransactionInFile implements Rule {
  @Override
  public String name() {
    return "transaction-in-file";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "`BEGIN`, `COMMIT` or `ROLLBACK` where a tool keeps the transaction, or without partner.";
  }

  @Override
  public String harm() {
    return "The change and the tool's record of it no longer commit together: a failure afterwards"
        + " leaves half a migration, recorded wrongly.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    List<Transaction> all = file.changes(Transaction.class).toList();
    return file.layout().wrapping() == Wrapping.WRAPPED
        ? all.stream().map(control -> inside(file, control)).toList()
        : unpaired(file, all);
  }

  private Finding inside(LintFile file, Transaction control) {
    return finding(
            file,
            control,
            "`" + file.sqlAt(control.offset()) + "` takes the migration's own transaction apart")
        .instead("-- Leave the line out: the file runs in one transaction as it is.");
  }

  /** A BEGIN that nothing ends, or an end of what was never begun. */
  private List<Finding> unpaired(LintFile file, List<Transaction> all) {
    List<Finding> findings = new ArrayList<>();
    List<Transaction> open = new ArrayList<>();
    for (Transaction control : all) {
      switch (control.kind()) {
        case "TRANS_STMT_BEGIN", "TRANS_STMT_START" -> open.add(control);
        case "TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE" -> {
          if (open.isEmpty()) {
            findings.add(
                finding(
                    file,
                    control,
                    "`"
                        + file.sqlAt(control.offset())
                        + "` ends a transaction that the file did"
                        + " not begin"));
          } else {
            open.removeLast();
          }
        }
        default -> {} // savepoints live inside of what was begun
      }
    }
    open.forEach(control -> findings.add(leftOpen(file, control)));
    return findings;
  }

  private Finding leftOpen(LintFile file, Transaction control) {
    return finding(
            file, control, "`" + file.sqlAt(control.offset()) + "` is never followed by COMMIT")
        .harm("When the session ends, all that follows is rolled back, and no error says so.")
        .instead(file.sqlAt(control.offset()) + ";\n…\nCOMMIT;");
  }
}

package dev.plumbline.migration;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.parser.Statement;
import java.util.Optional;

/**
 * One statement of a migration.
 *
 * @param sql as written, without the semicolon
 * @param tree as PostgreSQL reads it; empty for other databases
 * @param place how it can be run
 */
public record SqlStatement(Fragment sql, Optional<Statement> tree, Place place) {

  /** How a statement can be run. */
  public enum Place {
    /** With others in one transaction. */
    TOGETHER,
    /** In a transaction of its own, lest stronger locks of those before it be kept meanwhile. */
    APART,
    /** Not inside a transaction; it may wait for its lock, since it keeps nobody waiting. */
    ALONE_PATIENTLY,
    /** Not inside a transaction, and others queue behind it while it waits for its lock. */
    ALONE;

    /** Whether it has no transaction. */
    public boolean alone() {
      return switch (this) {
        case TOGETHER, APART -> false;
        case ALONE_PATIENTLY, ALONE -> true;
      };
    }
  }

  public Sql user() {
    return Sql.user(sql);
  }

  /** Its first words, for a line that names it. */
  public String summary() {
    String line = sql.text().strip().replaceAll("\\s+", " ");
    return line.length() <= 100 ? line : line.substring(0, 99) + "…";
  }
}

package dev.plumbline.database;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.FailureKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do next about a failure of the database. */
final class Advice {
  private final Dialect dialect;
  private final boolean writing;

  Advice(Dialect dialect, boolean writing) {
    this.dialect = dialect;
    this.writing = writing;
  }

  String of(FailureKind kind, ServerMessage server, Sql sql) {
    return switch (kind) {
      case CONTENTION -> "Try again when the other transaction is done.";
      case TIMEOUT -> "Raise statement_timeout in plumb.yaml, or look at the query's plan.";
      case CONNECTION -> connection();
      case RESOURCES -> "Make room for the database, then run the command again.";
      case PERMISSION -> permission(server, sql);
      case READ_ONLY -> readOnly();
      case DEFINITION -> "Mend the SQL and run the command again.";
      case DATA -> "Look at the row that the message names.";
      case OTHER -> "Run the command again with --verbose and report what it prints.";
    };
  }

  /** For SQL that some row makes fail. */
  String answerForEveryRow() {
    return "Mend the SQL so that it has an answer for every row (NULLIF for what is divided by, CASE"
        + " around a conversion), and run the command again.";
  }

  /** For whom the database does not let in. */
  String login() {
    return switch (dialect) {
      case PostgresDialect postgres ->
          "Check the user and the password in the URL (jdbc:postgresql://HOST/DATABASE?user=…&password=…,"
              + " best in PLUMB_DATABASE_URL), and that the server lets this user in from here"
              + " (pg_hba.conf).";
      case SqliteDialect sqlite -> readable();
    };
  }

  private String connection() {
    return switch (dialect) {
      case PostgresDialect postgres ->
          "Check that the server runs and that the URL names it, then try again.";
      case SqliteDialect sqlite ->
          "Check that the file is there, that it is a SQLite database, and that it is whole.";
    };
  }

  private String readOnly() {
    return switch (dialect) {
      case PostgresDialect postgres ->
          "If this is a replica, name the primary in the URL. If not, the server or this role has"
              + " default_transaction_read_only on: have a DBA turn it off with"
              + " ALTER ROLE … SET default_transaction_read_only = off, or connect as another role.";
      case SqliteDialect sqlite ->
          "Make the database's file and its directory writable for this user.";
    };
  }

  private static String readable() {
    return "Make the database's file and its directory readable and writable for this user.";
  }

  private String permission(ServerMessage server, Sql sql) {
    return switch (dialect) {
      case PostgresDialect postgres -> grant(server, sql.toString());
      case SqliteDialect sqlite -> readable();
    };
  }

  // --- what a DBA grants ----------------------------------------------------------------------

  /**
   * The server's function that refuses to hide rows (<a
   * href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/utils/misc/rls.c">rls.c</a>).
   */
  private static final String ROW_SECURITY = "check_enable_rls";

  private static final Pattern DDL =
      Pattern.compile("\\s*(CREATE|ALTER|DROP|COMMENT)\\b.*", Pattern.DOTALL);
  private static final Pattern JOURNAL_TABLE = Pattern.compile("\\bplumb\\.\"?(\\w+)");
  private static final Pattern ROW_LOCK = Pattern.compile("\\bFOR (NO KEY )?UPDATE\\b");
  private static final String NOT_THE_JOURNAL = "\\s+(?!\"?plumb\"?\\.)[\"\\w]";

  private String grant(ServerMessage server, String sql) {
    if (server.routine().filter(ROW_SECURITY::equals).isPresent()) {
      return "Have a DBA give this role BYPASSRLS (ALTER ROLE … BYPASSRLS), or connect as the table's"
          + " owner; a policy that shows all rows does not do, since the server cannot tell that it"
          + " hides none.";
    }
    if (isJournal(server.text(), sql)) {
      return journal();
    }
    if (DDL.matcher(sql).matches()) {
      return "Have a DBA grant this role CREATE on the schema that the message names, or connect as the"
          + " table's owner, who alone may change it.";
    }
    return "Have a DBA grant this role "
        + privileges(sql)
        + " on the table that the message names (USAGE on a schema, EXECUTE on a function), or"
        + " connect as a role that has it.";
  }

  private String journal() {
    return writing
        ? "Have a DBA run what `plumb journal` prints, and grant this role USAGE and CREATE on schema"
            + " plumb and SELECT, INSERT, UPDATE, DELETE on its tables. A run's image_… tables belong"
            + " to the role that made them; it can grant SELECT on them."
        : "Have a DBA grant this role USAGE on schema plumb and SELECT on its tables. A run's image_…"
            + " tables belong to the role that made them; it can grant SELECT on them.";
  }

  /**
   * Only the message says which of a statement's tables is meant; names stand in it as they are.
   */
  private static boolean isJournal(String message, String sql) {
    Matcher table = JOURNAL_TABLE.matcher(sql);
    boolean any = false;
    while (table.find()) {
      any = true;
      if (Pattern.compile("\\b" + Pattern.quote(table.group(1)) + "\\b").matcher(message).find()) {
        return true;
      }
    }
    return (any || DDL.matcher(sql).matches())
        && Pattern.compile("\\bplumb\\b").matcher(message).find();
  }

  /** What the statement needs on the user's tables; rows are locked before they are written. */
  private static String privileges(String sql) {
    StringBuilder privileges = new StringBuilder("SELECT");
    if (writes("INSERT INTO", sql)) {
      privileges.append(", INSERT");
    }
    boolean deletes = writes("DELETE FROM", sql);
    if (deletes || writes("UPDATE", sql) || ROW_LOCK.matcher(sql).find()) {
      privileges.append(", UPDATE");
    }
    if (deletes) {
      privileges.append(", DELETE");
    }
    return privileges.toString();
  }

  private static boolean writes(String verb, String sql) {
    return Pattern.compile("\\b" + verb + NOT_THE_JOURNAL).matcher(sql).find();
  }
}

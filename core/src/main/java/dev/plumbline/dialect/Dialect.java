package dev.plumbline.dialect;

import dev.plumbline.error.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The differences between databases, as SQL text. It opens nothing and knows no run. Names that
 * come in are unquoted unless their parameter says otherwise.
 */
public sealed interface Dialect permits PostgresDialect, SqliteDialect {

  /** {@code postgresql} or {@code sqlite}. */
  String name();

  /** An identifier in quotes, its own quotes doubled. */
  String quote(String identifier);

  /** A text as a literal of the database. */
  String literal(String text);

  /**
   * The user's SQL as JDBC must be given it, so that {@code ?} stays an operator.
   *
   * @throws dev.plumbline.error.ProjectException where the database would take a part of it for a
   *     parameter
   */
  String escapeOperators(Fragment fragment);

  /**
   * What a failure means in a session that may write.
   *
   * @param running whether the statement had been accepted, and failed as it ran; false too where
   *     the driver does not tell
   */
  FailureKind failureKind(String sqlState, int vendorCode, boolean running);

  // --- sessions -------------------------------------------------------------------------------

  /** Run once on every connection. */
  List<Sql> limits(Duration lock, Duration statement);

  /** Makes every transaction of the session read-only and one snapshot. */
  List<Sql> readOnly();

  /**
   * Gives a session its own role and search path back, after statements that somebody else wrote.
   */
  List<Sql> backToItself();

  /**
   * A query that counts rows without the row that a foreign key refers to, while the session does
   * not enforce that: table, table referred to, count. Empty where it is always enforced.
   */
  Optional<Sql> unenforcedForeignKeys();

  /**
   * A query that returns one text, the reason, while the server is in trouble, and no row else;
   * empty where nothing can be asked.
   */
  Optional<Sql> trouble();

  /**
   * A query that returns one text a row: who holds a lock on a table, longest first; empty where
   * the database cannot tell. It shows no SQL of theirs, which may hold values.
   *
   * @param table as SQL names it
   */
  Optional<Sql> lockHolders(String table);

  /** How a transaction begins; empty where JDBC's own way does it right. */
  Optional<Sql> begin(boolean writing);

  // --- expressions ----------------------------------------------------------------------------

  /** The text of a key column, from which {@link #keyParameter} makes the same value again. */
  Sql keyText(Sql expression);

  /** A bound key value, given as text, in the column's type. */
  Sql keyParameter(String text, String type);

  /** The key's columns as one JSON array of texts, as {@link Key} reads it. */
  Sql keyJson(List<Sql> expressions);

  /**
   * Whether the row's key is one of those given.
   *
   * @param expressions the key's columns
   * @param types their types
   */
  Sql keyIn(List<Sql> expressions, List<String> types, List<Key> keys);

  /** {@code expression} as the column of that type would store it. */
  Sql stored(Sql expression, String type);

  /** Bytes, given in hexadecimal, as a bound value. */
  Sql bytes(String hex);

  /**
   * The time of writing as another program would write it into a column, which may have a type for
   * times or not.
   *
   * @param type the column's type
   * @param milliseconds without such a type: as a number, counted from 1970; else as text in UTC
   */
  Sql timeOfWriting(String type, boolean milliseconds);

  /** The expression in a form whose equality is exact. */
  Sql byBytes(Sql expression);

  /** The expression as text. */
  Sql text(Sql expression);

  /** Whether the time lies in the last 24 hours of the database's clock. */
  Sql recent(Sql expression);

  /** The database's clock as ISO 8601 text with an offset. */
  Sql now();

  /**
   * The query, planned for all of its rows although only the first few by some order are taken. A
   * plan for few rows may compare each row of one side with each of the other, and never end where
   * few match.
   */
  Sql wholly(Sql query);

  // --- writing --------------------------------------------------------------------------------

  /** Whether a transaction that writes keeps all other writers out. */
  boolean writesAlone();

  /**
   * Locks rows against other writers in key order and returns one row with their number; empty
   * where a writing transaction excludes all others anyway.
   */
  Optional<Sql> lockRows(String table, List<String> key, Sql where);

  /**
   * Like {@link #lockRows}, for rows that will be deleted: nobody can make a new reference to them
   * either.
   */
  Optional<Sql> lockRowsToDelete(String table, List<String> key, Sql where);

  /** Keeps other writers out of the whole table; empty where they are out anyway. */
  Optional<Sql> lockTable(String table);

  /**
   * Freezes the rows of a query as the relation that repair steps read, until the transaction ends
   * or {@link #thaw}. Its name is {@code violation}.
   */
  List<Sql> freeze(Sql query);

  /** Takes that relation away again; empty where the transaction's end does. */
  List<Sql> thaw();

  /**
   * Inserts rows and keeps them as before-images.
   *
   * @param table quoted
   * @param columns the columns written, in the order of the query
   * @param select the query
   * @param conflict the columns of a unique key; a row that meets one already there is left out;
   *     empty: it fails
   * @return statements, of which the last returns one row: rows inserted, rows kept
   */
  List<Sql> insertRows(
      String table, List<String> columns, Sql select, List<String> conflict, ImageTable images);

  /**
   * Inserts rows that were there before, with the keys that they had even where the database gives
   * out keys itself, and keeps them as before-images.
   *
   * @param columns the columns written, in the order of the query
   * @return statements, of which the last returns one row: rows inserted, rows kept
   */
  List<Sql> insertBack(String table, List<String> columns, Sql select, ImageTable images);

  /**
   * Updates rows and keeps their before-images. The rows are locked already.
   *
   * @param set the new value of each column, in the order of {@code columns}
   * @return statements, of which the last returns one row: rows updated, rows kept
   */
  List<Sql> updateRows(
      String table, List<String> columns, List<Sql> set, Sql where, ImageTable images);

  /**
   * What a query adds to its select list, so that {@link #updateFrom} finds the very rows that it
   * saw; empty where nothing can come between.
   */
  List<Sql> rowAddress(String table);

  /**
   * Updates the rows of a query that gives their {@link #rowAddress}, their key, the old value and
   * the right one of each column ({@code right_<column>}), and keeps before-images. The rows are
   * locked already.
   *
   * @param among a condition that holds for all these rows, by which the table is read
   * @return statements, of which the last returns one row: rows that the query gave, rows kept
   */
  List<Sql> updateFrom(
      String table, Sql violations, Sql among, List<String> columns, ImageTable images);

  /**
   * Deletes rows and keeps them as before-images.
   *
   * @return statements, of which the last returns one row: rows deleted, rows kept
   */
  List<Sql> deleteRows(String table, Sql where, ImageTable images);

  /**
   * Writes texts into rows, and keeps how they were and what they became as images of documents.
   * The rows are locked already.
   *
   * @param rows as they were read; one that is not so any more is left alone
   * @param run whose images they are
   * @param batch the number of the batch that writes them
   */
  TextWriting writeTexts(TextColumns of, List<TextRow> rows, long run, long batch);

  /**
   * Whether a row is certainly as {@link #writeTexts} left it.
   *
   * @param run whose batches wrote it
   */
  Sql asWritten(TextColumns of, long run);

  /** Whether a run keeps an image of a row. */
  Sql hasImage(TextColumns of, long run);

  /**
   * Whether a column holds what writing a text into it stores, however the type spells that.
   *
   * @param text empty: NULL
   */
  Sql holds(Sql column, String type, Optional<String> text);

  /** Lets triggers act now that would else wait for the commit; empty where none wait. */
  Optional<Sql> fireDeferred();

  // --- the journal ----------------------------------------------------------------------------

  /** A table of the journal, quoted and qualified. */
  String journalTable(String name);

  /** The statements that make the journal; made again, they change nothing. */
  List<Sql> journalDdl();

  /** One row with one truth: whether the journal is there. */
  Sql journalExists();

  /** How people name a run of this journal. */
  String runName(long run);

  /** Whether the journal has the tables that tell what was done; an earlier version made fewer. */
  Sql journalComplete();

  /** A query of one truth: whether the journal has a table that an earlier version did not make. */
  Sql journalHas(String table);

  /** The database's clock, as the journal stores it. */
  Sql timestamp();

  /** The database's clock, later by some time. */
  Sql timestampIn(Duration later);

  /** A stored time as ISO 8601 text with an offset. */
  Sql timestampText(String column);

  /** What tells this session from every other, as text. */
  Sql sessionIdentity();

  /** Whether the session that a column names is certainly gone. */
  Sql sessionGone(String column);

  /** One row with one text, the name of an {@link ImagePlace} in small letters. */
  Sql imagePlace();

  /**
   * Makes the table for before-images, with the columns' own types; nothing where it is the one
   * that all runs share.
   *
   * @param table the changed table, quoted
   * @param before whether rows as they were are kept
   * @param after whether rows as they became are kept
   */
  List<Sql> createImages(ImageTable images, String table, boolean before, boolean after);

  /**
   * One row with one truth: whether this role may make before-images quick to find, by {@link
   * #indexImages}.
   */
  Sql indexable(ImageTable images);

  /**
   * Makes before-images quick to find by their batch and key; made again, it changes nothing.
   *
   * @param index the index's name, unquoted
   */
  List<Sql> indexImages(ImageTable images, String index);

  /**
   * The relation that before-images are read from: {@code batch}, the key as {@code k1}, …, and the
   * kept columns as {@code b1}, … and {@code a1}, …, as far as they are kept. The caller names it.
   *
   * @param types the types of the kept columns; empty where only batch and key are asked for
   */
  Sql readImages(ImageTable images, List<String> types);

  /**
   * Puts a batch's before-images where they are quick to read, {@link ImageTable#unfolded}, until
   * the transaction ends: for those that this role may not index.
   *
   * @param step the step that they are of
   * @param table the changed table, quoted
   * @param types the types of the kept columns
   */
  List<Sql> unfoldImages(ImageTable images, int step, String table, List<String> types);

  // --- guards ---------------------------------------------------------------------------------

  /** One row, the object's DDL as the database has it and whether it is enabled; or none. */
  Sql guardObject(GuardSql.Made made);

  /**
   * Lets the guards whose targets these tables are do nothing, until the transaction ends or {@link
   * #guardsReturn}.
   *
   * @param tables as in SQL
   */
  List<Sql> guardsAside(List<String> tables);

  /** Ends that; empty where the transaction's end does. */
  List<Sql> guardsReturn();

  /**
   * The triggers that a guard's objects have now, in the order in which they were made: their names
   * and tables as in SQL. Empty where a trigger is found by its name alone.
   */
  Optional<Sql> guardTriggers(List<GuardSql.Made> objects);

  /** What takes a guard's objects away, whether they are there or not. */
  List<String> dropGuard(List<GuardSql.Made> objects);
}

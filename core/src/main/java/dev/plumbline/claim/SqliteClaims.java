package dev.plumbline.claim;

import dev.plumbline.claim.Claim.SqliteColumn;
import dev.plumbline.claim.Claim.SqliteObject;
import dev.plumbline.claim.ObjectName.Match;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Folds SQLite's statements, in the order in which they were run, into the claims that must hold
 * after the last. SQLite keeps the text of what it creates, so that is what is compared; after an
 * {@code ALTER TABLE}, which edits that text, only the table and its columns are claimed. Temporary
 * objects and those of attached databases are not.
 *
 * <p>Not thread-safe.
 */
public final class SqliteClaims {
  private final Standing standing = new Standing();
  private final Set<String> temporary = new HashSet<>();
  private ClaimList.Moment atBegin = standing.now();

  /** Folds statements, all of which were run. */
  public void add(List<Origin> statements) {
    atBegin = standing.now();
    statements.forEach(this::fold);
  }

  /**
   * Folds statements of which any may have run, and any not: what they touch is claimed no more,
   * and nothing that they make.
   */
  public void addPerhaps(List<Origin> statements) {
    ClaimList.Moment before = standing.now();
    atBegin = before;
    statements.forEach(this::fold);
    standing.keepOnly(before);
  }

  /** The claims that must hold now, in the order in which they were made. */
  public List<Claim> standing() {
    return standing.copy();
  }

  private void fold(Origin origin) {
    SqliteWords words = SqliteWords.of(origin.statement());
    switch (words.next()) {
      case "create" -> create(words, origin);
      case "alter" -> alter(words, origin);
      case "drop" -> drop(words, origin);
      case "begin" -> atBegin = standing.now();
      case "rollback" -> rollback(words);
      default -> {} // changes no object
    }
  }

  private void rollback(SqliteWords words) {
    words.take("transaction");
    if (words.peek().equals("to")) {
      standing.keepOnly(atBegin);
    } else {
      standing.restore(atBegin);
    }
  }

  // --- CREATE ---------------------------------------------------------------------------------

  private void create(SqliteWords words, Origin origin) {
    boolean temp = words.take("temp") || words.take("temporary");
    words.take("unique");
    words.take("virtual");
    Optional<Kind> kind = kind(words.next());
    words.take("if", "not", "exists");
    SqliteWords.Name name = words.name();
    if (kind.isEmpty()) {
      return;
    }
    List<String> body = words.rest();
    Optional<String> table = tableOf(kind.get(), body);
    if (temp || isElsewhere(name) || table.filter(temporary::contains).isPresent()) {
      temporary.add(name.name());
      return;
    }
    Subject subject =
        new Subject(
            kind.get(),
            table.map(ObjectName::plain),
            ObjectName.plain(name.name()),
            Optional.empty());
    boolean ofQuery = kind.get() == Kind.TABLE && !body.isEmpty() && body.getFirst().equals("as");
    standing.forgetWhole(subject, SqliteColumn.class::isInstance);
    standing.claim(new SqliteObject(subject, ofQuery ? List.of() : body, origin));
  }

  private static Optional<Kind> kind(String word) {
    return switch (word) {
      case "table" -> Optional.of(Kind.TABLE);
      case "view" -> Optional.of(Kind.VIEW);
      case "index" -> Optional.of(Kind.INDEX);
      case "trigger" -> Optional.of(Kind.TRIGGER);
      default -> Optional.empty();
    };
  }

  /** The table of an index or trigger: after its first {@code ON}. */
  private static Optional<String> tableOf(Kind kind, List<String> body) {
    int on = body.indexOf("on");
    boolean has = kind == Kind.INDEX || kind == Kind.TRIGGER;
    return has && on >= 0 && on + 1 < body.size()
        ? Optional.of(body.get(on + 1))
        : Optional.empty();
  }

  private static boolean isElsewhere(SqliteWords.Name name) {
    return !name.schema().isEmpty() && !name.schema().equals("main");
  }

  // --- ALTER TABLE ----------------------------------------------------------------------------

  private void alter(SqliteWords words, Origin origin) {
    words.take("table");
    SqliteWords.Name name = words.name();
    if (isElsewhere(name) || temporary.contains(name.name())) {
      return;
    }
    ObjectName table = ObjectName.plain(name.name());
    takeApart(table);
    switch (words.next()) {
      case "add" -> {
        words.take("column");
        addColumn(table, words, origin);
      }
      case "drop" -> {
        words.take("column");
        standing.drop(Subject.on(table, Kind.COLUMN, words.name().name()), origin);
      }
      case "rename" -> rename(table, words, origin);
      default -> {}
    }
  }

  /** SQLite is about to edit the table's text: what is left to claim are its columns. */
  private void takeApart(ObjectName table) {
    Subject subject = Subject.of(Kind.TABLE, table);
    ClaimList.Some about = standing.about(subject);
    for (Claim claim : about.where(c -> c.subject().match(subject) == Match.SURE)) {
      if (claim instanceof SqliteObject object) {
        for (String column : SqliteWords.columns(object.body())) {
          standing.add(
              new SqliteColumn(
                  Subject.on(table, Kind.COLUMN, column), Optional.empty(), object.origin()));
        }
      }
    }
    blur(about, claim -> claim.subject().match(subject) == Match.SURE);
  }

  private static void blur(ClaimList.Some among, Predicate<SqliteObject> which) {
    among.change(
        claim ->
            claim instanceof SqliteObject object && which.test(object)
                ? new SqliteObject(object.subject(), List.of(), object.origin())
                : claim);
  }

  private void addColumn(ObjectName table, SqliteWords words, Origin origin) {
    String column = words.name().name();
    Optional<String> type =
        Optional.of(words.peek()).filter(w -> w.matches("integer|int|text|real|blob|numeric"));
    standing.claim(new SqliteColumn(Subject.on(table, Kind.COLUMN, column), type, origin));
  }

  private void rename(ObjectName table, SqliteWords words, Origin origin) {
    if (words.take("to")) {
      String to = words.name().name();
      Subject from = Subject.of(Kind.TABLE, table);
      boolean known = standing.isClaimed(from);
      standing.rename(from, ObjectName.plain(to));
      if (!known) {
        standing.add(
            new SqliteObject(Subject.of(Kind.TABLE, ObjectName.plain(to)), List.of(), origin));
      }
      renamed(table.name());
      standing.add(new Claim.Absent(from, origin));
      return;
    }
    words.take("column");
    String from = words.name().name();
    words.take("to");
    String to = words.name().name();
    Subject column = Subject.on(table, Kind.COLUMN, from);
    standing.forget(column);
    standing.claim(new SqliteColumn(Subject.on(table, Kind.COLUMN, to), Optional.empty(), origin));
    renamed(from);
    standing.add(new Claim.Absent(column, origin));
  }

  /** SQLite edits the texts in which the old name stands. */
  private void renamed(String word) {
    ClaimList.Some among = standing.mentioning(word);
    among
        .where(
            c ->
                c instanceof SqliteObject object
                    && object.subject().kind() == Kind.TABLE
                    && object.body().contains(word))
        .forEach(table -> takeApart(table.subject().name()));
    blur(among, object -> object.body().contains(word));
  }

  // --- DROP -----------------------------------------------------------------------------------

  private void drop(SqliteWords words, Origin origin) {
    Optional<Kind> kind = kind(words.next());
    words.take("if", "exists");
    SqliteWords.Name name = words.name();
    if (kind.isEmpty() || isElsewhere(name) || temporary.remove(name.name())) {
      return;
    }
    standing.drop(Subject.of(kind.get(), ObjectName.plain(name.name())), origin);
  }
}

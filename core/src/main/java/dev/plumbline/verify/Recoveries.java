package dev.plumbline.verify;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.Claim.ColumnExists;
import dev.plumbline.claim.ClaimCheck;
import dev.plumbline.claim.FalseClaim;
import dev.plumbline.claim.Kind;
import dev.plumbline.claim.ObjectName;
import dev.plumbline.claim.Subject;
import dev.plumbline.database.Session;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.PostgresParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds what makes a false claim true: the statement that made the claim, where that one alone
 * makes it as it stands today and nothing besides, else one put together. What would take away
 * something that is there is left to people.
 */
final class Recoveries {
  private static final Pattern CREATE_ROUTINE =
      Pattern.compile("(?is)^\\s*CREATE\\s+(?!OR\\b)(?=FUNCTION|PROCEDURE)");
  private static final Pattern CREATE_TABLE =
      Pattern.compile("(?is)^\\s*CREATE\\s+(?:UNLOGGED\\s+)?TABLE\\b.*");

  private final Session session;
  private final PostgresParser parser;
  private final List<Claim> standing;
  private final List<FalseClaim> wrong;

  /**
   * @param standing all that is claimed
   * @param wrong all of it that is not true
   */
  Recoveries(Session session, PostgresParser parser, List<Claim> standing, List<FalseClaim> wrong) {
    this.session = session;
    this.parser = parser;
    this.standing = standing;
    this.wrong = wrong;
  }

  Recovery of(FalseClaim one) {
    Claim claim = one.claim();
    return switch (one.sort()) {
      case MISSING -> missing(claim);
      case INVALID -> again(claim);
      case NOT_VALIDATED -> onPart(claim, "VALIDATE CONSTRAINT ");
      case DISABLED -> onPart(claim, "ENABLE TRIGGER ");
      case STILL_THERE -> Recovery.byPeople(claim.origin().statement());
      case OTHER -> other(claim);
    };
  }

  // --- what is not there ----------------------------------------------------------------------

  private Recovery missing(Claim claim) {
    if (isTable(claim) || tableIsMissing(claim)) {
      // Made anew it would be empty, and its loss would show no more.
      return Recovery.byPeople(claim.origin().statement());
    }
    boolean part = claim instanceof ColumnExists || claim instanceof Claim.ConstraintExists;
    if (!part || !CREATE_TABLE.matcher(claim.origin().statement()).matches()) {
      return again(claim);
    }
    return claim instanceof ColumnExists column
        ? column(column)
        : Recovery.byPeople(claim.origin().statement());
  }

  private static boolean isTable(Claim claim) {
    return claim.subject().kind() == Kind.TABLE;
  }

  private boolean tableIsMissing(Claim claim) {
    return wrong.stream()
        .filter(other -> other.sort() == FalseClaim.Sort.MISSING)
        .map(FalseClaim::claim)
        .filter(Recoveries::isTable)
        .anyMatch(table -> claim.subject().on().filter(table.subject().name()::equals).isPresent());
  }

  /** A column that CREATE TABLE should have made. Whether it may be NULL is another claim. */
  private Recovery column(ColumnExists column) {
    Optional<String> table = table(column.subject());
    boolean simple =
        column.fill().filter(fill -> fill != Node.Fields.NONE).isEmpty()
            && column.generated().filter(kind -> !kind.isEmpty()).isEmpty();
    return table.isPresent() && simple && column.type().isPresent()
        ? Recovery.by(
            "ALTER TABLE "
                + table.get()
                + " ADD COLUMN "
                + quoted(column.subject())
                + " "
                + column.type().get())
        : Recovery.byPeople(column.origin().statement());
  }

  /** The statement that made the claim, if all that it makes alone is claimed to this day. */
  private Recovery again(Claim claim) {
    String statement = claim.origin().statement();
    List<Claim> alone = alone(statement);
    boolean same = alone.stream().anyMatch(made -> isSame(made, claim));
    boolean nothingElse =
        alone.stream()
            .allMatch(made -> standing.stream().anyMatch(now -> isOfSameObject(made, now)));
    if (!same || !nothingElse) {
      return Recovery.byPeople(statement);
    }
    boolean validatedLater =
        claim instanceof Claim.ConstraintExists now
            && now.validated()
            && alone.stream()
                .anyMatch(made -> made instanceof Claim.ConstraintExists c && !c.validated());
    List<String> statements = new ArrayList<>(List.of(statement));
    if (validatedLater) {
      statements.addAll(onPart(claim, "VALIDATE CONSTRAINT ").statements());
    }
    return new Recovery(statements, false);
  }

  private List<Claim> alone(String statement) {
    ClaimFold fold = ClaimFold.of(session.dialect(), parser, List.of());
    fold.surely(new ClaimFold.Text("", statement));
    return fold.standing();
  }

  private static boolean isSame(Claim made, Claim claim) {
    return isOfSameObject(made, claim)
        && made.detail().equals(Node.Fields.NONE) == claim.detail().equals(Node.Fields.NONE);
  }

  private static boolean isOfSameObject(Claim one, Claim other) {
    return one.getClass() == other.getClass() && one.subject().equals(other.subject());
  }

  // --- what is there, but otherwise -----------------------------------------------------------

  private Recovery other(Claim claim) {
    return switch (claim) {
      case Claim.FunctionExists function -> replaced(function);
      case ColumnExists column -> column(column, session);
      case Claim.CommentIs comment -> again(comment);
      case Claim.RowSecurity security -> again(security);
      case Claim.IndexExists index -> anew("DROP INDEX " + name(index.subject()), index);
      case Claim.ConstraintExists constraint -> anewOnPart("DROP CONSTRAINT ", constraint);
      case Claim.TriggerExists trigger -> anew("DROP TRIGGER " + onTable(trigger), trigger);
      case Claim.PolicyExists policy -> anew("DROP POLICY " + onTable(policy), policy);
      case Claim.EnumHas labels -> Recovery.byPeople(labels.origin().statement());
      case Claim.Exists exists -> Recovery.byPeople(exists.origin().statement());
      case Claim.Absent absent -> Recovery.byPeople(absent.origin().statement());
      case Claim.SqliteObject object -> Recovery.byPeople(object.origin().statement());
      case Claim.SqliteColumn column -> Recovery.byPeople(column.origin().statement());
    };
  }

  private Recovery replaced(Claim.FunctionExists function) {
    Recovery again = again(function);
    return again.byHand()
        ? again
        : Recovery.by(
            CREATE_ROUTINE
                .matcher(function.origin().statement())
                .replaceFirst("CREATE OR REPLACE "));
  }

  /** Each of a column's properties by itself: a type is changed by people only. */
  private Recovery column(ColumnExists column, Session here) {
    Optional<String> table = table(column.subject());
    if (table.isEmpty()) {
      return Recovery.byPeople(column.origin().statement());
    }
    String alter = "ALTER TABLE " + table.get() + " ALTER COLUMN " + quoted(column.subject());
    List<String> statements = new ArrayList<>();
    boolean byHand = false;
    if (isWrong(here, only(column, Optional.empty(), column.notNull(), Optional.empty()))) {
      boolean not = column.notNull().orElse(false);
      statements.add(alter + (not ? " SET NOT NULL" : " DROP NOT NULL"));
    }
    if (isWrong(here, only(column, Optional.empty(), Optional.empty(), column.fill()))) {
      boolean none = column.fill().filter(fill -> fill == Node.Fields.NONE).isPresent();
      Recovery again = again(column);
      boolean sets =
          column.origin().statement().toUpperCase(java.util.Locale.ROOT).contains(" SET ");
      statements.add(none ? alter + " DROP DEFAULT" : column.origin().statement());
      byHand = !none && (again.byHand() || !sets);
    }
    if (column.type().isPresent()
        && isWrong(here, only(column, column.type(), Optional.empty(), Optional.empty()))) {
      statements.add(alter + " TYPE " + column.type().get());
      byHand = true;
    }
    return statements.isEmpty()
        ? Recovery.byPeople(column.origin().statement())
        : new Recovery(statements, byHand);
  }

  private static ColumnExists only(
      ColumnExists of,
      Optional<dev.plumbline.claim.TypeShape> type,
      Optional<Boolean> notNull,
      Optional<Node> fill) {
    return new ColumnExists(of.subject(), type, notNull, fill, Optional.empty(), of.origin());
  }

  private boolean isWrong(Session here, ColumnExists part) {
    return !new ClaimCheck(parser).check(here, List.of(part)).isEmpty();
  }

  /** Something else has the name: it goes first, which is for people to decide. */
  private static Recovery anew(String drop, Claim claim) {
    return Recovery.byPeople(drop, claim.origin().statement());
  }

  private Recovery anewOnPart(String words, Claim claim) {
    List<String> drop = onPart(claim, words).statements();
    return drop.isEmpty()
        ? Recovery.byPeople(claim.origin().statement())
        : anew(drop.getFirst(), claim);
  }

  // --- names ----------------------------------------------------------------------------------

  /** {@code ALTER TABLE … words name}; nothing where the database gave the name. */
  private Recovery onPart(Claim claim, String words) {
    Optional<String> table = table(claim.subject());
    return table.isEmpty() || claim.subject().name().name().isEmpty()
        ? Recovery.byPeople()
        : Recovery.by("ALTER TABLE " + table.get() + " " + words + quoted(claim.subject()));
  }

  private String onTable(Claim claim) {
    return quoted(claim.subject()) + " ON " + table(claim.subject()).orElse("its table");
  }

  private String quoted(Subject subject) {
    return session.dialect().quote(subject.name().name());
  }

  private String name(Subject subject) {
    return subject.name().schema().map(s -> session.dialect().quote(s) + ".").orElse("")
        + quoted(subject);
  }

  /** The table of a part; empty where its schema depends on a search path that was set then. */
  private Optional<String> table(Subject subject) {
    return subject.on().filter(table -> table.path().isEmpty()).map(this::sql);
  }

  private String sql(ObjectName table) {
    return table.schema().map(s -> session.dialect().quote(s) + ".").orElse("")
        + session.dialect().quote(table.name());
  }
}

package dev.plumbline.object;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.PostgresClaims;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.object.Wanted.ClaimWanted;
import dev.plumbline.object.Wanted.ClaimWanted.Sort;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.ParserUnavailableException;
import dev.plumbline.parser.Statement;
import dev.plumbline.parser.SyntaxError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be told of one of PostgreSQL's statements before it is run. */
record PostgresForm(Statement statement) {
  static final String UNCLAIMED =
      "nothing can be looked at after this statement, to tell whether it is true";

  private static final String TAKEN =
      "Write CREATE TABLE, INDEX, VIEW, FUNCTION, TRIGGER, TYPE, DOMAIN, SEQUENCE, POLICY, SCHEMA or"
          + " EXTENSION; ALTER TABLE with columns, constraints, triggers or row-level security;"
          + " ALTER TYPE … ADD VALUE; COMMENT ON; or DROP of one of these.";

  /** What sets something that is there to what is stated. */
  private static final Set<String> SETS =
      Set.of(
          "AT_AlterColumnType",
          "AT_SetNotNull",
          "AT_DropNotNull",
          "AT_ColumnDefault",
          "AT_ValidateConstraint",
          "AT_EnableTrig",
          "AT_EnableAlwaysTrig",
          "AT_EnableReplicaTrig",
          "AT_DisableTrig",
          "AT_EnableRowSecurity",
          "AT_DisableRowSecurity",
          "AT_ForceRowSecurity",
          "AT_NoForceRowSecurity",
          "AT_DropColumn",
          "AT_DropConstraint");

  private static final Set<String> ADDS = Set.of("AT_AddColumn", "AT_AddConstraint");

  static Optional<ClaimWanted> read(Fragment fragment, List<Problem> problems) {
    Parsed parsed = parse(fragment);
    for (SyntaxError error : parsed.errors()) {
      problems.add(
          new Problem(
              fragment.at(error.at().offset()),
              "PostgreSQL would not read this: " + error.message(),
              fragment.text(),
              Optional.of("Correct the statement.")));
    }
    if (!parsed.errors().isEmpty()) {
      return Optional.empty();
    }
    Optional<ClaimWanted> wanted =
        parsed.statements().size() == 1
            ? new PostgresForm(parsed.statements().getFirst()).wanted(fragment)
            : Optional.empty();
    if (wanted.isEmpty()) {
      problems.add(unclaimed(fragment));
    }
    return wanted;
  }

  private static Problem unclaimed(Fragment fragment) {
    return new Problem(fragment.start(), UNCLAIMED, fragment.text(), Optional.of(TAKEN));
  }

  private static Parsed parse(Fragment fragment) {
    try {
      return WantedReader.PARSER.parse(fragment.text());
    } catch (ParserUnavailableException e) {
      List<String> lines = String.valueOf(e.getMessage()).lines().toList();
      throw new PlumblineException(
          ErrorCode.UNREACHABLE, lines.get(0), lines.get(1), lines.get(2), e);
    }
  }

  private Optional<ClaimWanted> wanted(Fragment fragment) {
    PostgresClaims fold = new PostgresClaims(WantedReader.PARSER);
    fold.add("", List.of(statement));
    List<Claim> claims = fold.standing();
    return claims.isEmpty()
        ? Optional.empty()
        : sort()
            .map(
                sort ->
                    new ClaimWanted(
                        fragment,
                        claims,
                        sort,
                        statement.kind().equals("DropStmt") && tree().is("concurrent"),
                        replaces(),
                        irrevocable(),
                        notes(claims)));
  }

  private Node tree() {
    return statement.tree();
  }

  /** Empty for what can do anything beside: a DO, a query. */
  private Optional<Sort> sort() {
    return switch (statement.kind()) {
      case "AlterTableStmt", "AlterEnumStmt", "AlterPolicyStmt", "CommentStmt" ->
          Optional.of(Sort.ALTER);
      case "DropStmt" -> Optional.of(Sort.DROP);
      case "RenameStmt", "AlterObjectSchemaStmt" -> Optional.of(Sort.RENAME);
      case "DoStmt", "SelectStmt", "CallStmt" -> Optional.empty();
      default -> Optional.of(Sort.CREATE);
    };
  }

  private boolean replaces() {
    return switch (statement.kind()) {
      case "CreateFunctionStmt", "ViewStmt", "CreateTrigStmt" -> tree().is("replace");
      case "AlterTableStmt" -> commands().stream().allMatch(c -> SETS.contains(c.text("subtype")));
      case "AlterEnumStmt", "AlterPolicyStmt", "CommentStmt", "DropStmt" -> true;
      default -> false;
    };
  }

  private List<Node> commands() {
    return tree().at("cmds").items().stream().map(c -> c.at("AlterTableCmd")).toList();
  }

  private String irrevocable() {
    return switch (statement.kind()) {
      case "RenameStmt", "AlterObjectSchemaStmt" -> "it has a new name: rename it by hand";
      case "AlterEnumStmt" -> "a value of an enum cannot be taken away";
      case "DropStmt" -> isCascade(tree()) ? "CASCADE may have dropped more than is known" : "";
      case "AlterTableStmt" -> irrevocableCommand();
      default -> "";
    };
  }

  private String irrevocableCommand() {
    for (Node command : commands()) {
      String subtype = command.text("subtype");
      if (isCascade(command)) {
        return "CASCADE may have dropped more than is known";
      }
      if (usesExpression(command)) {
        return "USING made the new values, and the old ones were not kept";
      }
      if (!SETS.contains(subtype) && !ADDS.contains(subtype)) {
        return "the statement does more than was looked at";
      }
    }
    return "";
  }

  private static boolean isCascade(Node node) {
    return node.text("behavior").equals("DROP_CASCADE");
  }

  private static boolean usesExpression(Node command) {
    return command.text("subtype").equals("AT_AlterColumnType")
        && command.at("def").at("ColumnDef").has("raw_default");
  }

  private List<String> notes(List<Claim> claims) {
    List<String> notes = new ArrayList<>();
    for (Node command : commands()) {
      String column = claims.getFirst().subject().on().map(t -> t + ".").orElse("");
      switch (command.text("subtype")) {
        case "AT_AlterColumnType" ->
            notes.add(
                "The type of "
                    + column
                    + command.text("name")
                    + " is changed as the statement says: the table may be rewritten, with everybody"
                    + " else locked out, and what does not fit the new type fails or is lost.");
        case "AT_DropColumn" ->
            notes.add(
                "COLUMN "
                    + column
                    + command.text("name")
                    + " IS DROPPED with all its values: a rollback cannot bring them back.");
        default -> {} // takes nothing away
      }
    }
    if (statement.kind().equals("DropStmt")) {
      Dropped.notes(claims).forEach(notes::add);
    }
    return notes;
  }
}

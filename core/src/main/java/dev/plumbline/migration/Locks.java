package dev.plumbline.migration;

import dev.plumbline.migration.TableLock.Mode;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The locks that a file's statements take on tables that are there before it. From PostgreSQL's
 * documentation of each command; where a statement does several things, the strongest counts.
 */
public final class Locks {
  private static final Set<String> SHARE_UPDATE_EXCLUSIVE =
      Set.of(
          "AT_ValidateConstraint",
          "AT_SetStatistics",
          "AT_SetOptions",
          "AT_ResetOptions",
          "AT_ClusterOn",
          "AT_DropCluster",
          "AT_SetRelOptions",
          "AT_ResetRelOptions",
          "AT_AttachPartition");

  private static final Set<String> SHARE_ROW_EXCLUSIVE =
      Set.of(
          "AT_EnableTrig",
          "AT_EnableAlwaysTrig",
          "AT_EnableReplicaTrig",
          "AT_EnableTrigAll",
          "AT_EnableTrigUser",
          "AT_DisableTrig",
          "AT_DisableTrigAll",
          "AT_DisableTrigUser");

  private final Set<String> made = new HashSet<>();

  /** The locks of one statement; to be asked in the order of the file. */
  public List<TableLock> of(Statement statement) {
    Node tree = statement.tree();
    List<TableLock> locks =
        switch (statement.kind()) {
          case "AlterTableStmt" -> alter(tree);
          case "IndexStmt" ->
              on(tree, tree.is("concurrent") ? Mode.SHARE_UPDATE_EXCLUSIVE : Mode.SHARE);
          case "CreateTrigStmt" -> on(tree, Mode.SHARE_ROW_EXCLUSIVE);
          case "RenameStmt", "AlterObjectSchemaStmt", "RuleStmt", "CreatePolicyStmt" ->
              on(tree, Mode.ACCESS_EXCLUSIVE);
          case "RefreshMatViewStmt" ->
              on(tree, tree.is("concurrent") ? Mode.EXCLUSIVE : Mode.ACCESS_EXCLUSIVE);
          case "TruncateStmt" -> each(tree.at("relations"), Mode.ACCESS_EXCLUSIVE);
          case "LockStmt" -> each(tree.at("relations"), lockMode(tree));
          case "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt" ->
              on(tree, Mode.ROW_EXCLUSIVE);
          case "CommentStmt" -> comment(tree);
          case "DropStmt" -> drop(tree);
          case "CreateStmt" -> referenced(tree);
          case "VacuumStmt" ->
              each(
                  tree.at("rels"),
                  tree.all("DefElem").anyMatch(o -> o.text("defname").equals("full"))
                      ? Mode.ACCESS_EXCLUSIVE
                      : Mode.SHARE_UPDATE_EXCLUSIVE);
          case "ClusterStmt" -> on(tree, Mode.ACCESS_EXCLUSIVE);
          default -> List.of();
        };
    List<TableLock> old =
        locks.stream().filter(lock -> !made.contains(lock.table())).distinct().toList();
    if (statement.kind().equals("CreateStmt")) {
      made.add(name(tree.at("relation")));
    }
    if (statement.kind().equals("CreateTableAsStmt")) {
      made.add(name(tree.at("into").at("rel")));
    }
    return old;
  }

  private static List<TableLock> on(Node tree, Mode mode) {
    Node relation = tree.has("table") ? tree.at("table") : tree.at("relation");
    return relation.has("relname") ? List.of(new TableLock(name(relation), mode)) : List.of();
  }

  private static List<TableLock> each(Node relations, Mode mode) {
    return relations.having("relname").map(r -> new TableLock(name(r), mode)).toList();
  }

  private static String name(Node relation) {
    return Stream.of(relation.text("schemaname"), relation.text("relname"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("."));
  }

  private static List<TableLock> alter(Node tree) {
    if (!tree.text("objtype").equals("OBJECT_TABLE")) {
      return List.of();
    }
    List<TableLock> locks = new ArrayList<>();
    Mode strongest = Mode.ACCESS_SHARE;
    for (Node command : tree.all("AlterTableCmd").toList()) {
      Mode mode = mode(command);
      strongest = mode.compareTo(strongest) > 0 ? mode : strongest;
      locks.addAll(referenced(command));
    }
    locks.addAll(0, on(tree, strongest));
    return locks;
  }

  private static Mode mode(Node command) {
    String subtype = command.text("subtype");
    if (SHARE_UPDATE_EXCLUSIVE.contains(subtype)) {
      return Mode.SHARE_UPDATE_EXCLUSIVE;
    }
    boolean foreignKey =
        subtype.equals("AT_AddConstraint")
            && command.all("Constraint").anyMatch(c -> c.text("contype").equals("CONSTR_FOREIGN"));
    return foreignKey || SHARE_ROW_EXCLUSIVE.contains(subtype)
        ? Mode.SHARE_ROW_EXCLUSIVE
        : Mode.ACCESS_EXCLUSIVE;
  }

  /** A foreign key locks the other table too. */
  private static List<TableLock> referenced(Node tree) {
    return tree.all("Constraint")
        .filter(c -> c.has("pktable"))
        .map(c -> new TableLock(name(c.at("pktable")), Mode.SHARE_ROW_EXCLUSIVE))
        .toList();
  }

  /** PostgreSQL numbers them from 1. */
  private static Mode lockMode(Node tree) {
    return switch (tree.at("mode").number().orElse(8)) {
      case 1 -> Mode.ACCESS_SHARE;
      case 2 -> Mode.ROW_SHARE;
      case 3 -> Mode.ROW_EXCLUSIVE;
      case 4 -> Mode.SHARE_UPDATE_EXCLUSIVE;
      case 5 -> Mode.SHARE;
      case 6 -> Mode.SHARE_ROW_EXCLUSIVE;
      case 7 -> Mode.EXCLUSIVE;
      default -> Mode.ACCESS_EXCLUSIVE;
    };
  }

  private static List<TableLock> comment(Node tree) {
    List<String> names = names(tree.at("object"));
    return switch (tree.text("objtype")) {
      case "OBJECT_TABLE" ->
          List.of(new TableLock(String.join(".", names), Mode.SHARE_UPDATE_EXCLUSIVE));
      case "OBJECT_COLUMN" ->
          List.of(
              new TableLock(
                  String.join(".", names.subList(0, Math.max(names.size() - 1, 0))),
                  Mode.SHARE_UPDATE_EXCLUSIVE));
      default -> List.of();
    };
  }

  private static List<TableLock> drop(Node tree) {
    Mode mode = tree.is("concurrent") ? Mode.SHARE_UPDATE_EXCLUSIVE : Mode.ACCESS_EXCLUSIVE;
    return tree.at("objects").items().stream()
        .flatMap(object -> dropped(tree.text("removeType"), names(object)).stream())
        .map(table -> new TableLock(table, mode))
        .toList();
  }

  private static List<String> dropped(String type, List<String> names) {
    return switch (type) {
      case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW" -> List.of(String.join(".", names));
      case "OBJECT_INDEX" -> List.of("the table of " + String.join(".", names));
      case "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE" ->
          List.of(String.join(".", names.subList(0, Math.max(names.size() - 1, 0))));
      default -> List.of();
    };
  }

  private static List<String> names(Node object) {
    return object.all("String").map(s -> s.text("sval")).toList();
  }
}

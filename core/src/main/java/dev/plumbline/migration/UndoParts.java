package dev.plumbline.migration;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.journal.Images;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Statement;
import dev.plumbline.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parts that take a migration back. The undo section's statements keep their order; backfills
 * are rolled back before the first of them that would take away what was backfilled, and after all
 * others, those among them that rebuild a backfilled table: constraints and triggers that the
 * migration has made would refuse or overwrite the old values.
 */
final class UndoParts {
  private static final String UNDO = "undo";

  /**
   * @param run a backfill
   * @param images what it changed
   */
  record Backfilled(long run, List<Images> images) {}

  private final Dialect dialect;
  private final Set<String> tables;
  private final Set<String> columns;

  private UndoParts(Dialect dialect, List<Backfilled> backfills) {
    this.dialect = dialect;
    List<Images> images = backfills.stream().flatMap(b -> b.images().stream()).toList();
    this.tables = lower(images.stream().map(i -> last(i.changedLabel())).toList());
    this.columns = lower(images.stream().flatMap(i -> i.table().columns().stream()).toList());
  }

  /**
   * @param backfills newest first
   */
  static List<Part> of(Dialect dialect, Migration migration, List<Backfilled> backfills) {
    List<SqlStatement> statements =
        migration.undo().map(sql -> Script.read(dialect, sql)).orElse(List.of());
    return new UndoParts(dialect, backfills).parts(statements, backfills);
  }

  private List<Part> parts(List<SqlStatement> statements, List<Backfilled> backfills) {
    int cut = 0;
    while (cut < statements.size()
        && (!takesAway(statements.get(cut)) || comesBack(statements, cut))) {
      cut++;
    }
    List<Part> parts = new ArrayList<>(Parts.of(dialect, UNDO, statements.subList(0, cut), 0));
    for (Backfilled backfill : backfills) {
      parts.add(new Part.TakeBack(parts.size() + 1, backfill.run()));
    }
    parts.addAll(Parts.of(dialect, UNDO, statements.subList(cut, statements.size()), parts.size()));
    return List.copyOf(parts);
  }

  private boolean takesAway(SqlStatement statement) {
    return statement
        .tree()
        .map(this::takesAway)
        .orElseGet(() -> takesAway(SqlScan.of(statement.sql().text())));
  }

  private boolean takesAway(Statement statement) {
    Node tree = statement.tree();
    return switch (statement.kind()) {
      case "DropStmt" ->
          tree.text("removeType").equals("OBJECT_TABLE")
              && tree.at("objects").items().stream()
                  .map(object -> object.all("String").map(s -> s.text("sval")).toList())
                  .anyMatch(names -> tables.contains(names.getLast().toLowerCase(Locale.ROOT)));
      case "AlterTableStmt" ->
          tables.contains(relation(tree))
              && tree.all("AlterTableCmd")
                  .anyMatch(
                      command ->
                          changesColumns(command.text("subtype"))
                              && columns.contains(command.text("name").toLowerCase(Locale.ROOT)));
      case "RenameStmt" -> tables.contains(relation(tree));
      case "TruncateStmt" ->
          tree.having("relname").anyMatch(r -> tables.contains(r.text("relname")));
      default -> false;
    };
  }

  private static String relation(Node tree) {
    return tree.at("relation").text("relname").toLowerCase(Locale.ROOT);
  }

  private static boolean changesColumns(String subtype) {
    return subtype.equals("AT_DropColumn") || subtype.equals("AT_AlterColumnType");
  }

  /** SQLite: {@code DROP TABLE t}, {@code ALTER TABLE t DROP …}, {@code ALTER TABLE t RENAME …}. */
  private boolean takesAway(SqlScan scan) {
    List<String> words = words(scan);
    boolean drops = words.size() > 1 && words.get(0).equals("drop") && words.get(1).equals("table");
    return drops ? words.stream().anyMatch(tables::contains) : tables.contains(altered(words));
  }

  /** The table's name stands before what is done to it. */
  private static String altered(List<String> words) {
    boolean alters = words.size() > 1 && words.getFirst().equals("alter");
    int what = Math.max(words.indexOf("drop"), words.indexOf("rename"));
    return alters && what > 1 ? words.get(what - 1) : "";
  }

  /**
   * Whether a table that a statement takes away is there again at the end, with all that was
   * backfilled: it is being rebuilt. What it was copied into before would keep the new values.
   */
  private boolean comesBack(List<SqlStatement> statements, int at) {
    return words(statements.get(at)).stream()
        .filter(tables::contains)
        .allMatch(
            table ->
                statements.stream()
                    .skip(at + 1L)
                    .map(UndoParts::words)
                    .anyMatch(words -> makes(words, table) || renames(statements, words, table)));
  }

  private boolean makes(List<String> words, String table) {
    int opens = words.indexOf("(");
    return opens > 1
        && words.getFirst().equals("create")
        && words.subList(0, opens).contains("table")
        && words.get(opens - 1).equals(table)
        && words.containsAll(columns);
  }

  /** {@code ALTER TABLE other RENAME TO table}, with the other made in the same section. */
  private boolean renames(List<SqlStatement> statements, List<String> words, String table) {
    int to = words.indexOf("rename");
    return to > 1
        && words.subList(to, words.size()).equals(List.of("rename", "to", table))
        && statements.stream().map(UndoParts::words).anyMatch(w -> makes(w, words.get(to - 1)));
  }

  private static List<String> words(SqlStatement statement) {
    return words(SqlScan.of(statement.sql().text()));
  }

  private static List<String> words(SqlScan scan) {
    return scan.code().stream().map(t -> last(scan.text(t)).toLowerCase(Locale.ROOT)).toList();
  }

  private static String last(String written) {
    return TableName.label(written).replaceFirst("^.*\\.", "");
  }

  private static Set<String> lower(Collection<String> names) {
    return names.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }
}

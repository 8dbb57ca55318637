package dev.plumbline.lint.rule;

import dev.plumbline.lint.Relation;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An invariant that a project does not have yet, drawn up from what a trigger function computes.
 */
record Proposal(Relation table, Set<String> columns, Upkeep upkeep) {

  /** Its name, and so its file's. */
  String name() {
    String words =
        table.name() + "-" + (columns.size() == 1 ? columns.iterator().next() : "columns");
    return words.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** Its file, as comment lines of SQL. */
  List<String> file() {
    List<String> lines = new ArrayList<>();
    lines.add("-- invariants/" + name() + ".yaml:");
    lines.add(
        "--   says: " + table + " holds what " + upkeep.function().function() + "() computes.");
    lines.add("--   table: " + table.sql());
    lines.add("--   derive:");
    for (String column : columns) {
      Optional<String> formula = Formulas.ofTrigger(upkeep.body(), table, column);
      lines.add(
          "--     "
              + Table.quoted(column)
              + ": "
              + formula
                  .map(Proposal::yaml)
                  .orElse(
                      "…   (the value for a row, as "
                          + upkeep.function().function()
                          + "() computes it)"));
    }
    return lines;
  }

  /** On one line, in quotes: a colon or a comment sign would end a plain text. */
  private static String yaml(String sql) {
    String line = sql.replaceAll("\\s+", " ").strip();
    return line.matches("[\\w(][^:#\"]*")
        ? line
        : "\"" + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

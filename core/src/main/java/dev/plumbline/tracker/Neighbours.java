package dev.plumbline.tracker;

import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;

/** The tables that stand beside a tool's, by which tools with the same table are told apart. */
record Neighbours(List<Table> tables) {
  Neighbours {
    tables = List.copyOf(tables);
  }

  /** A table in the same schema, whatever its name's case, that has some columns. */
  Optional<Table> find(Table beside, String name, String... columns) {
    return tables.stream()
        .filter(table -> table.schema().equals(beside.schema()))
        .filter(table -> table.name().equalsIgnoreCase(name))
        .filter(table -> List.of(columns).stream().allMatch(c -> table.findColumn(c).isPresent()))
        .findFirst();
  }
}

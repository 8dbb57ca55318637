package dev.plumbline.proposal;

import dev.plumbline.schema.Table;
import java.util.List;

/**
 * Columns of a table that hold another table's key.
 *
 * @param columns the referencing columns
 * @param referenced the columns of {@code to} in the same order
 */
record Link(Table from, List<String> columns, Table to, List<String> referenced) {
  Link {
    columns = List.copyOf(columns);
    referenced = List.copyOf(referenced);
  }
}

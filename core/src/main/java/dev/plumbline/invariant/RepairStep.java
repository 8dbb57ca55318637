package dev.plumbline.invariant;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of a declared repair. Each names one table, so that its before-images can be kept, and
 * may read the relation {@code violation}.
 */
public sealed interface RepairStep {
  Name table();

  /**
   * @param columns the columns in the order of the query; empty: taken from the query's column
   *     names
   * @param select the query whose rows are inserted
   */
  record InsertRows(Name table, List<Name> columns, Fragment select) implements RepairStep {
    public InsertRows {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param set the columns in the order written
   * @param where which rows of the table
   */
  record UpdateRows(Name table, Map<Name, Value> set, Fragment where) implements RepairStep {
    public UpdateRows {
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }
  }

  /**
   * @param where which rows of the table
   * @param cascades the tables that may lose rows by cascade
   */
  record DeleteRows(Name table, Fragment where, List<Name> cascades) implements RepairStep {
    public DeleteRows {
      cascades = List.copyOf(cascades);
    }
  }
}

package dev.plumbline.invariant;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Each row of a query has its match in a table.
 *
 * @param every the query
 * @param has the table
 * @param match each column of the query and the table's column that it equals
 * @param with what a matching row must hold; else it is inactive
 * @param insert further columns of a row that is missing
 */
public record Every(
    Terms terms,
    Fragment every,
    Name has,
    Map<Name, Name> match,
    Map<Name, Value> with,
    Map<Name, Value> insert)
    implements Invariant {
  public Every {
    match = Collections.unmodifiableMap(new LinkedHashMap<>(match));
    with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
    insert = Collections.unmodifiableMap(new LinkedHashMap<>(insert));
  }
}

package dev.plumbline.invariant;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import java.util.List;
import java.util.Optional;

/**
 * What every kind of invariant may say.
 *
 * @param name the file's name without its ending
 * @param says the statement in words
 * @param where which rows it is about
 * @param key the columns that identify a row; empty: the primary key
 * @param segment a column or expression by which every count is broken down
 * @param recent a timestamp column; violations of the last 24 hours are counted apart
 * @param show further columns to list with a violation
 * @param repair the declared steps; empty: the kind's own repair, where it has one
 */
public record Terms(
    String name,
    Optional<String> says,
    Optional<Fragment> where,
    List<Name> key,
    Optional<Fragment> segment,
    Optional<Fragment> recent,
    Thresholds thresholds,
    List<Name> show,
    Severity severity,
    Optional<String> owner,
    Optional<String> schedule,
    Optional<String> alert,
    Optional<Integer> batch,
    Optional<String> revision,
    boolean autoRepair,
    List<RepairStep> repair,
    Definition definition) {
  public Terms {
    key = List.copyOf(key);
    show = List.copyOf(show);
    repair = List.copyOf(repair);
  }
}

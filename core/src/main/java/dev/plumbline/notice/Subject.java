package dev.plumbline.notice;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the notices are about.
 *
 * @param kind the command's word: repair, rollback, migrate, undo, transform
 * @param name of the invariant, migration or transform
 * @param run how the command line names the run, where that is known before it begins
 * @param planned how many rows or documents are to be changed, as far as the plan knows
 * @param batches how many batches that makes, where their size is fixed
 */
public record Subject(
    String project,
    String kind,
    String name,
    Optional<String> run,
    OptionalLong planned,
    OptionalLong batches) {

  /** Such as {@code campus: repair enrollment-total-lessons}. */
  String title() {
    return project + ": " + kind + " " + name + run.map(r -> " (run " + r + ")").orElse("");
  }
}

package dev.plumbline.audit;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.invariant.Narrowing;
import java.util.Optional;

/**
 * How to look.
 *
 * @param samples how many violations of each sort to list
 * @param narrowing what part of the invariant to look at
 * @param sink takes every violation, if it is wanted
 */
public record AuditOptions(int samples, Narrowing narrowing, Optional<ViolationSink> sink) {

  /** The whole invariant, with the first ten violations of each sort. */
  public static AuditOptions standard() {
    return new AuditOptions(10, Narrowing.none(), Optional.empty());
  }

  public AuditOptions withSink(ViolationSink to) {
    return new AuditOptions(samples, narrowing, Optional.of(to));
  }

  public AuditOptions withSamples(int number) {
    return new AuditOptions(number, narrowing, sink);
  }

  public AuditOptions where(Fragment condition) {
    return new AuditOptions(samples, new Narrowing(Optional.of(condition), narrowing.keys()), sink);
  }
}

package dev.plumbline.audit;

import dev.plumbline.invariant.Invariant;
import java.util.List;

/** Takes every violation as it is read; called by one thread. */
public interface ViolationSink {

  /** The violations of an invariant follow. */
  void begin(Invariant invariant, List<String> columns);

  void accept(Violation violation);
}

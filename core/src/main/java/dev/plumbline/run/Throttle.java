package dev.plumbline.run;

import java.util.Optional;

/** Says whether the run must hold. Asked before each batch, by several threads. */
@FunctionalInterface
public interface Throttle {

  /** Why the run must hold now; empty: it may go on. */
  Optional<String> hold();

  static Throttle none() {
    return Optional::empty;
  }
}

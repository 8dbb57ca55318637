package dev.plumbline.invariant;

import java.math.BigDecimal;

/** How many violations an audit lets pass. */
public sealed interface Thresholds {

  /** No violation passes, any fails. */
  record Strict() implements Thresholds {}

  /** Up to {@code warn} violations pass, up to {@code fail} warn, more fail. */
  record Tolerate(long warn, long fail) implements Thresholds {
    public Tolerate {
      if (warn < 0 || fail < warn) {
        throw new IllegalArgumentException("0 <= warn <= fail");
      }
    }
  }

  /** 100 % passes; at or above {@code warn} percent warns if nothing is inactive; less fails. */
  record Coverage(BigDecimal warn) implements Thresholds {}
}

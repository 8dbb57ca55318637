package dev.plumbline.journal;

import java.time.Duration;

/**
 * The right to work on a run. The token grows with each taking: who holds an older one is refused
 * in its next transaction.
 *
 * @param length for how long each batch extends it
 */
public record Lease(long run, long token, Duration length) {}

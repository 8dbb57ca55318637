package dev.plumbline.transform;

import java.time.Duration;

/**
 * A run, or a dry run, in numbers.
 *
 * @param run how the command line names the run; {@code plan} for a dry run
 * @param state how it ended
 */
public record Summary(String transform, String run, String state, Tally tally, Duration took) {}

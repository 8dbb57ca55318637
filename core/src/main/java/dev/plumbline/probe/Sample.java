package dev.plumbline.probe;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a request that was sent once.
 *
 * @param took how long a right answer took
 * @param fault why the answer is not as expected
 */
record Sample(Optional<Duration> took, Optional<String> fault) {}

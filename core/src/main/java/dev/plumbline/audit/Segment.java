package dev.plumbline.audit;

import java.util.Optional;

/**
 * The counts of one segment.
 *
 * @param value the segment's value as text; empty for NULL
 */
public record Segment(Optional<String> value, Counts counts) {}

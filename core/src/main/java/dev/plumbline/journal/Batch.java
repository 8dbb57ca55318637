package dev.plumbline.journal;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * A committed batch.
 *
 * @param no its number in the run, from 1; before-images carry it
 * @param sequence the place of a key range in its pass, from 1; empty for a slice of the worklist
 * @param from what lies before its slice: a key or a place in the worklist; empty text: the
 *     beginning
 * @param to the last of its slice
 */
public record Batch(
    long no, int pass, OptionalLong sequence, String from, String to, long rows, Duration took) {}

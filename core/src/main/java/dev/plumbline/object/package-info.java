/**
 * The schema objects that an {@code exist} lists: what its statements make, how that stands in the
 * live catalogue, and what takes a statement back that was run.
 */
@NullMarked
package dev.plumbline.object;

import org.jspecify.annotations.NullMarked;

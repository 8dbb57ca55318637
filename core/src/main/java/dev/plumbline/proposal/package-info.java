/** Invariants that a live catalogue suggests, each with what violates it now. */
@NullMarked
package dev.plumbline.proposal;

import org.jspecify.annotations.NullMarked;

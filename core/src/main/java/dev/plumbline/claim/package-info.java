/**
 * What statements say they make, and whether it is there: they are folded into the claims that must
 * hold after the last one, and these are compared with the live catalogue.
 */
@NullMarked
package dev.plumbline.claim;

import org.jspecify.annotations.NullMarked;

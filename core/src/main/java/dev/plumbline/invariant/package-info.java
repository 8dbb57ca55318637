/** The five ways to say what must be true, each compiled to one query for its violations. */
@NullMarked
package dev.plumbline.invariant;

import org.jspecify.annotations.NullMarked;

/** Database triggers, generated from invariants, that keep new writes true. */
@NullMarked
package dev.plumbline.guard;

import org.jspecify.annotations.NullMarked;

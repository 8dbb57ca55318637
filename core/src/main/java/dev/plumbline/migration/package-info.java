/** Migrations: versioned changes in six steps, each proven before the next begins. */
@NullMarked
package dev.plumbline.migration;

import org.jspecify.annotations.NullMarked;

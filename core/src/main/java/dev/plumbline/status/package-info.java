/** Where a project stands: its migrations, invariants, runs and guards. */
@NullMarked
package dev.plumbline.status;

import org.jspecify.annotations.NullMarked;

/** What Plumbline costs, measured against the bare database in the same run. */
@NullMarked
package dev.plumbline.bench;

import org.jspecify.annotations.NullMarked;

/** Backups before a change: made, checked, named in the journal. */
@NullMarked
package dev.plumbline.backup;

import org.jspecify.annotations.NullMarked;

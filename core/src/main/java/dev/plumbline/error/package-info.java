/** What can go wrong, who must act, and the exit code that says so. */
@NullMarked
package dev.plumbline.error;

import org.jspecify.annotations.NullMarked;

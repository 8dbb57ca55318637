/** The change that removes violations: its plan, its steps, its batches. */
@NullMarked
package dev.plumbline.repair;

import org.jspecify.annotations.NullMarked;

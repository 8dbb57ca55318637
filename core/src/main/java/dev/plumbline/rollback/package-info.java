/** Takes a run back: restores its before-images, and refuses where somebody has changed the row. */
@NullMarked
package dev.plumbline.rollback;

import org.jspecify.annotations.NullMarked;

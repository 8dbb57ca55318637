/**
 * A whole catalogue at one time, compared with another and with what is claimed of it. Start at
 * {@link dev.plumbline.drift.Snapshot#read}.
 */
@NullMarked
package dev.plumbline.drift;

import org.jspecify.annotations.NullMarked;

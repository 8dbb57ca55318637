/**
 * What other tools have recorded about their migrations: one class per tool reads its table, lists
 * its files and knows how it would write its own rows. Start at {@link
 * dev.plumbline.tracker.Trackers}.
 */
@NullMarked
package dev.plumbline.tracker;

import org.jspecify.annotations.NullMarked;

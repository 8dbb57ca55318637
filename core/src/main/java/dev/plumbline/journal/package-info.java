/**
 * What is kept of runs in the database that they change: states, leases, batches, before-images.
 */
@NullMarked
package dev.plumbline.journal;

import org.jspecify.annotations.NullMarked;

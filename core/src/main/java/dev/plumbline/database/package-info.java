/**
 * Connections: opened, limited by timeouts, read and written, their errors sorted by who must act.
 */
@NullMarked
package dev.plumbline.database;

import org.jspecify.annotations.NullMarked;

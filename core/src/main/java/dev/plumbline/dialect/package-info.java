/**
 * SQL text and the differences between databases; nothing here opens a connection or knows a run.
 */
@NullMarked
package dev.plumbline.dialect;

import org.jspecify.annotations.NullMarked;

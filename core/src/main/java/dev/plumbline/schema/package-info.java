/** What the live catalogue says of tables, keys, triggers and indexes. */
@NullMarked
package dev.plumbline.schema;

import org.jspecify.annotations.NullMarked;

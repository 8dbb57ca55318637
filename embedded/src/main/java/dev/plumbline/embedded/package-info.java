/**
 * The tool's own PostgreSQL: a real server, with {@code fsync} on, kept in a directory and shared
 * by all processes that use that directory. Start at {@link
 * dev.plumbline.embedded.EmbeddedServer#open(java.nio.file.Path)}.
 */
@NullMarked
package dev.plumbline.embedded;

import org.jspecify.annotations.NullMarked;

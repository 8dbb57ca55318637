/** The command line: one file per command. */
@NullMarked
package dev.plumbline.cli;

import org.jspecify.annotations.NullMarked;

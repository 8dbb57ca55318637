/**
 * {@code plumb verify} on databases that other tools have made: the tools themselves, not copies.
 */
@NullMarked
package dev.plumbline.cli.tools;

import org.jspecify.annotations.NullMarked;

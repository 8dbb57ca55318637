/** What {@code plumb demo} plays: the examples, loaded into databases of their own. */
@NullMarked
package dev.plumbline.cli.demo;

import org.jspecify.annotations.NullMarked;

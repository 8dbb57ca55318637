/**
 * How the files of migration tools are laid out: whose a file is, which of its parts run when, and
 * what its tool puts in or cuts at. Start at {@link dev.plumbline.layout.Layouts}.
 */
@NullMarked
package dev.plumbline.layout;

import org.jspecify.annotations.NullMarked;

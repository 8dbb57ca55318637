/**
 * What is recorded against what is there: the claims of applied migrations, Plumbline's own and
 * those of other tools, held against the live catalogue, and what makes false ones true.
 */
@NullMarked
package dev.plumbline.verify;

import org.jspecify.annotations.NullMarked;

/** Runs that transform documents and take that back: plan, work, journal, files. */
@NullMarked
package dev.plumbline.transform;

import org.jspecify.annotations.NullMarked;

/** What all runs that change a database have in common: sessions, taking over, driving, report. */
@NullMarked
package dev.plumbline.execution;

import org.jspecify.annotations.NullMarked;

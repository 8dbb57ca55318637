/** The read-only look: counts, coverage, segments, samples, verdict. */
@NullMarked
package dev.plumbline.audit;

import org.jspecify.annotations.NullMarked;

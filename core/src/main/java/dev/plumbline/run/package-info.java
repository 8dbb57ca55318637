/** The spine: the loop that does work in batches, its states, its pace. It knows no database. */
@NullMarked
package dev.plumbline.run;

import org.jspecify.annotations.NullMarked;

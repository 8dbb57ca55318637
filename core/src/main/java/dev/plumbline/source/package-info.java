/** Where JSON documents live: one file for each kind of place, behind one interface. */
@NullMarked
package dev.plumbline.source;

import org.jspecify.annotations.NullMarked;

/** Requests that show whether a service still answers as it did before a change. */
@NullMarked
package dev.plumbline.probe;

import org.jspecify.annotations.NullMarked;

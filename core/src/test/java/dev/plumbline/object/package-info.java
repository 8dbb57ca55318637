@NullMarked
package dev.plumbline.object;

import org.jspecify.annotations.NullMarked;

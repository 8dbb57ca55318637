@NullMarked
package dev.plumbline.drift;

import org.jspecify.annotations.NullMarked;

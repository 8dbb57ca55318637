@NullMarked
package dev.plumbline.architecture;

import org.jspecify.annotations.NullMarked;

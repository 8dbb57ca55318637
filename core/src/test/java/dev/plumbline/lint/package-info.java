@NullMarked
package dev.plumbline.lint;

import org.jspecify.annotations.NullMarked;

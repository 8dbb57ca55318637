@NullMarked
package dev.plumbline.embedded;

import org.jspecify.annotations.NullMarked;

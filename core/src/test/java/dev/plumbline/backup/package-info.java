@NullMarked
package dev.plumbline.backup;

import org.jspecify.annotations.NullMarked;

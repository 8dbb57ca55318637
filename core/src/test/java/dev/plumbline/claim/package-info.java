@NullMarked
package dev.plumbline.claim;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.plumbline.document;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.plumbline.tracker;

import org.jspecify.annotations.NullMarked;

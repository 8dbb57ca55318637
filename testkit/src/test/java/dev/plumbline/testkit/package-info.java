@NullMarked
package dev.plumbline.testkit;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.plumbline.cli.architecture.here;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.plumbline.cli.architecture;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.plumbline.cli.architecture.there;

import org.jspecify.annotations.NullMarked;

/** Tests with the real parser; a build without npm skips them, and says so. */
@NullMarked
package dev.plumbline.parser;

import org.jspecify.annotations.NullMarked;

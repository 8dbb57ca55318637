@NullMarked
package dev.plumbline.lint.rule;

import org.jspecify.annotations.NullMarked;

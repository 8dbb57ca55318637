/** The rules, one a file; {@link dev.plumbline.lint.rule.Rules} lists them. */
@NullMarked
package dev.plumbline.lint.rule;

import org.jspecify.annotations.NullMarked;

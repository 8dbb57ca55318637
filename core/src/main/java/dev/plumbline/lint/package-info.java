/**
 * The static look at migrations: each file is parsed as PostgreSQL would, and rules say what will
 * go wrong, for whom, and what to write instead. Start at {@link dev.plumbline.lint.Linter}.
 */
@NullMarked
package dev.plumbline.lint;

import org.jspecify.annotations.NullMarked;

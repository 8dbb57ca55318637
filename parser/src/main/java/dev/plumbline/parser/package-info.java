/**
 * PostgreSQL's own parser, as a library of the JVM: text in, statements with their trees out. Start
 * at {@link dev.plumbline.parser.PostgresParser}.
 */
@NullMarked
package dev.plumbline.parser;

import org.jspecify.annotations.NullMarked;

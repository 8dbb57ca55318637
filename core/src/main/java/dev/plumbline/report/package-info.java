/** The records of audits and errors as text, JSON, Markdown, JUnit XML and CSV. */
@NullMarked
package dev.plumbline.report;

import org.jspecify.annotations.NullMarked;

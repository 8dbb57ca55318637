/** What a JSON document is, how it is transformed, and the proof that nothing is lost. */
@NullMarked
package dev.plumbline.document;

import org.jspecify.annotations.NullMarked;

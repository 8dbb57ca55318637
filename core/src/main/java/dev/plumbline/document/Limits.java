package dev.plumbline.document;

import java.util.OptionalInt;

/**
 * How large a result may be.
 *
 * @param characters of the document's text, in UTF-16 units; empty: any number
 */
public record Limits(OptionalInt characters) {
  public static final Limits NONE = new Limits(OptionalInt.empty());
}

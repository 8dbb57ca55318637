package dev.plumbline.drift;

import java.util.Optional;

/**
 * An object of which two catalogues do not say the same.
 *
 * @param left the object on the left; empty where it is on the right only
 * @param certain false where the two definitions are printed differently and may mean the same
 */
public record Difference(
    SchemaObject.Key key,
    Optional<SchemaObject> left,
    Optional<SchemaObject> right,
    boolean certain) {}

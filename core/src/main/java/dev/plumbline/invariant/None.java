package dev.plumbline.invariant;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import java.util.Optional;

/**
 * A query that must return nothing.
 *
 * @param none the query
 * @param of the table that is its population, where one is named
 */
public record None(Terms terms, Fragment none, Optional<Name> of) implements Invariant {}

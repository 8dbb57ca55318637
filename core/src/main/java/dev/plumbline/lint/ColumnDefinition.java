package dev.plumbline.lint;

import dev.plumbline.parser.Node;
import java.util.Optional;

/**
 * A column as a statement defines it.
 *
 * @param fallback its default
 * @param computed whether the database fills it: generated, identity, serial
 * @param tree the node {@code ColumnDef}
 */
public record ColumnDefinition(
    String name, boolean notNull, Optional<Node> fallback, boolean computed, Node tree) {}

package dev.plumbline.claim;

import java.util.List;

/**
 * An object of the live catalogue, by the names that it has there.
 *
 * @param schema empty for what lies in none: a schema, an extension
 * @param table the table that it belongs to; empty for what is no part of one
 * @param arguments of a function: the types of its input
 */
public record Place(Kind kind, String schema, String table, String name, List<String> arguments) {
  public Place {
    arguments = List.copyOf(arguments);
  }
}

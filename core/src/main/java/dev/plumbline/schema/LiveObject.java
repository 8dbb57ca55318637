package dev.plumbline.schema;

import java.util.OptionalLong;

/**
 * An object of a live database, as far as a look from afar needs it.
 *
 * @param schema unquoted
 * @param name unquoted
 * @param rows about how many a table has, by the server's statistics; empty where there are none
 * @param forcesRowSecurity whether its policies bind its owner too
 */
public record LiveObject(
    String schema, String name, OptionalLong rows, boolean forcesRowSecurity) {}

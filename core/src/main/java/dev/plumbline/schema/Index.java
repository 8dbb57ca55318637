package dev.plumbline.schema;

/**
 * An index.
 *
 * @param name unquoted
 * @param table the table's name, unquoted
 * @param definition the statement that makes it, as the database writes it
 * @param valid false where a failed build left it behind
 */
public record Index(String name, String table, String definition, boolean valid) {}

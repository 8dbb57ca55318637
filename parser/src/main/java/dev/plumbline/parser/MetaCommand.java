package dev.plumbline.parser;

/**
 * A line for psql, not for the server, such as {@code \connect}.
 *
 * @param name without the backslash
 * @param at where its backslash stands
 * @param end the offset after its last char
 */
public record MetaCommand(String name, Position at, int end) {}

package dev.plumbline.parser;

/**
 * What PostgreSQL would say against a text.
 *
 * @param message PostgreSQL's own words
 * @param at where in the text
 */
public record SyntaxError(String message, Position at) {}

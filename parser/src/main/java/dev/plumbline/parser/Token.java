package dev.plumbline.parser;

/**
 * A token as PostgreSQL's scanner sees it; comments are tokens too.
 *
 * @param start in chars, from 0
 * @param end the offset after its last char
 * @param kind the scanner's name, such as {@code IDENT}, {@code SCONST}, {@code ASCII_59} for a
 *     semicolon; {@code UNKNOWN} where it has none, keywords among them
 * @param keyword {@code NO_KEYWORD}, {@code UNRESERVED_KEYWORD}, {@code RESERVED_KEYWORD} …
 * @param text as written
 */
public record Token(int start, int end, String kind, String keyword, String text) {}

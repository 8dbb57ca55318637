package dev.plumbline.claim;

/**
 * The statement that makes a claim.
 *
 * @param source what the caller calls the text that it stands in: a file, a migration; may be empty
 * @param start where in that text, in chars from 0
 * @param statement as written
 */
public record Origin(String source, int start, String statement) {}

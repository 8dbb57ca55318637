package dev.plumbline.notice;

/**
 * Notices that did not arrive.
 *
 * @param host where they were to go
 * @param lost how many, of so many
 * @param why the first did not, in half a sentence
 */
public record Unsent(String host, long lost, long of, String why) {}

package dev.plumbline.project;

/**
 * Where news of violations is sent.
 *
 * @param webhook the address to post to
 */
public record Alert(Setting webhook) {}

package dev.plumbline.project;

/**
 * Where news is sent.
 *
 * @param webhook the address to post to
 * @param every after how many batches of a run
 */
public record Alert(Setting webhook, int every) {
  public static final int DEFAULT_EVERY = 10;
}

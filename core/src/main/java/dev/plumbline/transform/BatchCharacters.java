package dev.plumbline.transform;

/**
 * How many rows make a batch whose texts fit well into memory, by those that were read so far. Safe
 * for several threads.
 */
final class BatchCharacters {
  private static final long MOST = 4L << 20;
  private static final int FIRST = 500;

  private long documents; // guarded by this
  private long characters; // guarded by this

  synchronized void saw(long more, long theirs) {
    documents += more;
    characters += theirs;
  }

  synchronized int rows() {
    return documents == 0
        ? FIRST
        : Math.clamp(MOST * documents / Math.max(characters, 1), 1, 100_000);
  }
}

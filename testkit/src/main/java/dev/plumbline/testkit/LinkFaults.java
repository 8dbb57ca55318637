package dev.plumbline.testkit;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a link is to do wrong. Guarded by its monitor. */
final class LinkFaults {
  /** Of a part that has arrived: how many bytes go on, and whether the connection is cut then. */
  record Verdict(int forward, boolean cut) {}

  private static final long NEVER = Long.MAX_VALUE;

  private boolean refusing;
  private boolean frozen;
  private long bytesUntilCut = NEVER;
  private @Nullable String replyToLose;
  private int struck;

  synchronized void refuse() {
    refusing = true;
  }

  synchronized void freeze() {
    frozen = true;
  }

  synchronized void cutAfter(long bytes) {
    bytesUntilCut = bytes;
  }

  synchronized void loseReply(String text) {
    replyToLose = text;
  }

  synchronized void heal() {
    refusing = false;
    frozen = false;
    bytesUntilCut = NEVER;
    replyToLose = null;
    notifyAll();
  }

  synchronized boolean isRefusing() {
    return refusing;
  }

  synchronized int struck() {
    return struck;
  }

  /** Decides about a part that has arrived; waits while the link is frozen. */
  synchronized Verdict judge(boolean isReply, byte[] bytes, int length)
      throws InterruptedException {
    while (frozen) {
      wait();
    }
    if (isReply && replyToLose != null && contains(bytes, length, replyToLose)) {
      replyToLose = null;
      struck++;
      return new Verdict(0, true);
    }
    if (bytesUntilCut <= length) {
      int forward = (int) bytesUntilCut;
      bytesUntilCut = NEVER;
      struck++;
      return new Verdict(forward, true);
    }
    if (bytesUntilCut != NEVER) {
      bytesUntilCut -= length;
    }
    return new Verdict(length, false);
  }

  private static boolean contains(byte[] bytes, int length, String text) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(text);
  }
}

package dev.plumbline.parser;

import java.util.Arrays;

/** Turns the parser's offsets, bytes of UTF-8, into offsets of Java's chars. */
final class Utf8Offsets {
  private final int[] byteOfChar;

  Utf8Offsets(String text) {
    byteOfChar = new int[text.length() + 1];
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      byteOfChar[i] = bytes;
      bytes += width(text, i);
    }
    byteOfChar[text.length()] = bytes;
  }

  /** The char that the byte belongs to; -1 for a byte before the first. */
  int charAt(int byteOffset) {
    int found = Arrays.binarySearch(byteOfChar, byteOffset);
    return found >= 0 ? found : -found - 2;
  }

  /** The byte where the char's UTF-8 begins. */
  int byteAt(int charOffset) {
    return byteOfChar[charOffset];
  }

  /** A surrogate pair has four bytes, 3 + 1 here; a half alone becomes {@code ?}, one byte. */
  private static int width(String text, int index) {
    char c = text.charAt(index);
    if (c < 0x80) {
      return 1;
    }
    if (c < 0x800) {
      return 2;
    }
    if (!Character.isSurrogate(c)) {
      return 3;
    }
    return isPair(text, index) ? 3 : 1;
  }

  private static boolean isPair(String text, int index) {
    return index + 1 < text.length()
        && Character.isHighSurrogate(text.charAt(index))
        && Character.isLowSurrogate(text.charAt(index + 1));
  }
}

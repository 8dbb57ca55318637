package dev.plumbline.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Texts as parts of addresses. */
final class Encoded {
  private Encoded() {}

  static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** In a path {@code +} stands for itself, and dots alone would lead elsewhere. */
  static String path(String text) {
    String encoded = query(text).replace("+", "%20");
    return text.matches("[.]+") ? encoded.replace(".", "%2E") : encoded;
  }
}

package dev.plumbline.tracker;

import java.util.regex.Pattern;

/** The endings of files that are compiled before they run. */
final class Extension {
  private static final Pattern SCRIPT =
      Pattern.compile("\\.(?:[cm]?[jt]s|co|coffee|eg|iced|litcoffee|ls)$");

  private Extension() {}

  static String without(String name) {
    return SCRIPT.matcher(name).replaceFirst("");
  }
}

package dev.plumbline.report;

import java.util.OptionalInt;

/**
 * How text is laid out for the one who reads it. Immutable.
 *
 * @param colour whether escape sequences may be used
 * @param columns the width of the terminal; empty where there is none, and nothing is cut to fit
 * @param plumb how the reader calls the program, with the options that lead to the same project
 */
public record TextStyle(boolean colour, OptionalInt columns, String plumb) {
  private static final String ESCAPE = "\u001b[";

  /** For files and pipes: no escape sequences, no width. */
  public static TextStyle plain() {
    return new TextStyle(false, OptionalInt.empty(), "plumb");
  }

  String bold(String text) {
    return paint("1", text);
  }

  String dim(String text) {
    return paint("2", text);
  }

  String red(String text) {
    return paint("1;31", text);
  }

  String green(String text) {
    return paint("32", text);
  }

  String yellow(String text) {
    return paint("33", text);
  }

  private String paint(String code, String text) {
    return colour && !text.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}

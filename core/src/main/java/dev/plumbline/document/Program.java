package dev.plumbline.document;

/** What makes one JSON value of another. */
public sealed interface Program {

  /** A program in jq; it must give exactly one value. */
  record Jq(String text) implements Program {}

  /** A class of the application that uses Plumbline. */
  record JavaProgram(DocumentTransform transform) implements Program {}
}

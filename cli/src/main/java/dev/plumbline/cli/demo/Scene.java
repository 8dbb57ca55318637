package dev.plumbline.cli.demo;

/** A part of the demo: what is said, what is typed, and what has to come out. */
@FunctionalInterface
public interface Scene {
  void play(Stage stage);
}

package dev.plumbline.invariant;

/** A statement about data or schema that must hold. */
public sealed interface Invariant permits Derive, Every, None, Agree, Exist {

  /** What it shares with the other kinds. */
  Terms terms();

  default String name() {
    return terms().name();
  }
}

package dev.plumbline.crm;

/** Chance that a seed decides: the same number always falls the same way, in whatever order. */
final class Chance {
  private Chance() {}

  /** A number from 0 up to, but not, 1 that belongs to a seed and a number. */
  static double of(long seed, long number) {
    return (mix(seed ^ mix(number + 0x9E3779B97F4A7C15L)) >>> 11) * 0x1.0p-53;
  }

  /** The finalizer of SplitMix64, <a href="https://prng.di.unimi.it/splitmix64.c">by Vigna</a>. */
  static long mix(long value) {
    long bits = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }
}

package dev.plumbline.parser;

/** What an instruction of a {@link LargeFunction} does. Ints, dense, for the fastest switch. */
final class Op {
  /** Added to an operation on two values: the second is a constant. */
  static final int CONSTANT_OPERAND = 1;

  // On two values; those that compare come first, each beside its opposite.
  static final int EQ = 0;
  static final int NE = 2;
  static final int LT_S = 4;
  static final int GE_S = 6;
  static final int GT_S = 8;
  static final int LE_S = 10;

  /** Added to one of the comparisons above: jumps if it is true. */
  static final int JUMPS = 12;

  static final int LT_U = 24;
  static final int GE_U = 26;
  static final int GT_U = 28;
  static final int LE_U = 30;
  static final int ADD = 32;
  static final int SUB = 34;
  static final int MUL = 36;
  static final int AND = 38;
  static final int OR = 40;
  static final int XOR = 42;
  static final int SHL = 44;
  static final int SHR_S = 46;

  static final int MOVE = 48;
  static final int CONSTANT = 49;
  static final int LONG_CONSTANT = 50;
  static final int SELECT = 51;
  static final int GLOBAL_GET = 52;
  static final int GLOBAL_SET = 53;
  static final int LOAD32 = 54;
  static final int LOAD8_U = 55;
  static final int LOAD8_S = 56;
  static final int LOAD16_U = 57;
  static final int LOAD16_S = 58;
  static final int LOAD64 = 59;
  static final int STORE32 = 60;
  static final int STORE8 = 61;
  static final int STORE16 = 62;
  static final int STORE64 = 63;
  static final int COPY = 64;
  static final int JUMP = 65;
  static final int JUMP_IF = 66;
  static final int JUMP_UNLESS = 67;
  static final int JUMP_BY_TABLE = 68;
  static final int CALL = 69;
  static final int CALL_INDIRECT = 70;
  static final int RETURN = 71;
  static final int UNREACHABLE = 72;

  /** From here on: a rare operation, by its number in WebAssembly. */
  static final int RARE = 100;

  private Op() {}

  static boolean isComparisonThatCanJump(int op) {
    return op < JUMPS;
  }

  /** The comparison that is true when the given one is false. */
  static int opposite(int comparison) {
    return comparison ^ 2;
  }
}

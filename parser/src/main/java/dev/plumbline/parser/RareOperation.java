package dev.plumbline.parser;

import run.endive.wasm.types.OpCode;

/**
 * The operations that the large functions use a few times each. One that is not here is refused
 * when the functions are made, so a new version of the module cannot go wrong unseen.
 */
final class RareOperation {
  private RareOperation() {}

  static int op(OpCode operation) {
    return Op.RARE + operation.opcode();
  }

  /** How many values it takes. */
  static int operands(OpCode operation) {
    return switch (operation) {
      case I32_EXTEND_8_S,
          I32_EXTEND_16_S,
          I32_WRAP_I64,
          I32_TRUNC_SAT_F64_U,
          I64_CLZ,
          I64_EQZ,
          I64_EXTEND_I32_U,
          F64_CONVERT_I32_U,
          F64_CONVERT_I64_U ->
          1;
      case I64_AND, I64_SUB, I64_SHL -> 2;
      case I64_EQ, I64_NE, I64_LT_U, I64_GT_U, I64_LE_U, I64_GE_U -> 2;
      case F64_MUL, F64_DIV, F64_EQ, F64_GE -> 2;
      default ->
          throw new IllegalStateException(
              "libpg-query.wasm uses " + operation + " in a large function");
    };
  }

  static long of(int op, long a, long b) {
    return switch (OpCode.byOpCode(op - Op.RARE)) {
      case I32_EXTEND_8_S -> (byte) a;
      case I32_EXTEND_16_S -> (short) a;
      case I32_WRAP_I64 -> (int) a;
      case I32_TRUNC_SAT_F64_U -> truncated(Double.longBitsToDouble(a));
      case I64_CLZ -> Long.numberOfLeadingZeros(a);
      case I64_EQZ -> a == 0 ? 1 : 0;
      case I64_EXTEND_I32_U -> a & 0xFFFFFFFFL;
      case I64_AND -> a & b;
      case I64_SUB -> a - b;
      case I64_SHL -> a << b;
      case I64_EQ -> a == b ? 1 : 0;
      case I64_NE -> a != b ? 1 : 0;
      case I64_LT_U -> Long.compareUnsigned(a, b) < 0 ? 1 : 0;
      case I64_GT_U -> Long.compareUnsigned(a, b) > 0 ? 1 : 0;
      case I64_LE_U -> Long.compareUnsigned(a, b) <= 0 ? 1 : 0;
      case I64_GE_U -> Long.compareUnsigned(a, b) >= 0 ? 1 : 0;
      case F64_CONVERT_I32_U -> Double.doubleToRawLongBits((double) (a & 0xFFFFFFFFL));
      case F64_CONVERT_I64_U -> Double.doubleToRawLongBits(unsigned(a));
      case F64_MUL ->
          Double.doubleToRawLongBits(Double.longBitsToDouble(a) * Double.longBitsToDouble(b));
      case F64_DIV ->
          Double.doubleToRawLongBits(Double.longBitsToDouble(a) / Double.longBitsToDouble(b));
      case F64_EQ -> Double.longBitsToDouble(a) == Double.longBitsToDouble(b) ? 1 : 0;
      case F64_GE -> Double.longBitsToDouble(a) >= Double.longBitsToDouble(b) ? 1 : 0;
      default -> throw new IllegalStateException("no operation " + op);
    };
  }

  /** Saturating: what does not fit becomes the nearest that does; NaN becomes 0. */
  private static long truncated(double value) {
    return (int) (long) Math.max(0.0, Math.min(4294967295.0, value));
  }

  private static double unsigned(long value) {
    return value >= 0 ? (double) value : (double) ((value >>> 1) | (value & 1)) * 2.0;
  }
}

package dev.plumbline.parser;

import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.runtime.TrapException;

/**
 * A WebAssembly function as instructions on registers: its locals, then the places of its stack,
 * whose height is known at each instruction. Values of 32 bits are the lower half of a register.
 *
 * @param code what it does
 * @param registers how many there are
 * @param returns whether it has a result
 */
record LargeFunction(Code code, int registers, boolean returns) {

  /** The instructions with what they refer to. */
  static final class Code {
    /** Four ints an instruction: what (see {@link Op}), target, and two operands. */
    private final int[] instructions;

    /** Constants that are no int. */
    private final long[] longs;

    /** Where jumps by table lead. */
    private final int[][] tables;

    Code(int[] instructions, long[] longs, int[][] tables) {
      this.instructions = instructions;
      this.longs = longs;
      this.tables = tables;
    }
  }

  long[] call(Instance instance, Machine machine, long[] arguments) {
    long[] r = new long[registers];
    System.arraycopy(arguments, 0, r, 0, arguments.length);
    int result = run(r, instance, instance.memory(), machine);
    return returns ? new long[] {(int) r[result]} : new long[0];
  }

  /**
   * One method with a loop, since that is what the JVM compiles well. Arithmetic wraps, as
   * WebAssembly's does.
   *
   * @return the result's register
   */
  @SuppressWarnings({"IntLongMath", "NarrowCalculation"})
  private int run(long[] r, Instance instance, Memory memory, Machine machine) {
    int[] code = this.code.instructions;
    int pc = 0;
    while (true) {
      int t = code[pc + 1];
      int a = code[pc + 2];
      int b = code[pc + 3];
      int next = pc + 4;
      switch (code[pc]) {
        case Op.MOVE -> r[t] = r[a];
        case Op.CONSTANT -> r[t] = a;
        case Op.LONG_CONSTANT -> r[t] = this.code.longs[a];
        case Op.SELECT -> r[t] = (int) r[b] != 0 ? r[t] : r[a];
        case Op.GLOBAL_GET -> r[t] = instance.global(a).getValue();
        case Op.GLOBAL_SET -> instance.global(t).setValue(r[a]);

        case Op.LOAD32 -> r[t] = memory.readInt((int) r[a] + b);
        case Op.LOAD8_U -> r[t] = memory.read((int) r[a] + b) & 0xFF;
        case Op.LOAD8_S -> r[t] = memory.read((int) r[a] + b);
        case Op.LOAD16_U -> r[t] = memory.readShort((int) r[a] + b) & 0xFFFF;
        case Op.LOAD16_S -> r[t] = memory.readShort((int) r[a] + b);
        case Op.LOAD64 -> r[t] = memory.readLong((int) r[a] + b);
        case Op.STORE32 -> memory.writeI32((int) r[t] + b, (int) r[a]);
        case Op.STORE8 -> memory.writeByte((int) r[t] + b, (byte) r[a]);
        case Op.STORE16 -> memory.writeShort((int) r[t] + b, (short) r[a]);
        case Op.STORE64 -> memory.writeLong((int) r[t] + b, r[a]);
        case Op.COPY -> memory.copy((int) r[t], (int) r[a], (int) r[b]);

        case Op.ADD -> r[t] = (int) r[a] + (int) r[b];
        case Op.ADD + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] + b;
        case Op.SUB -> r[t] = (int) r[a] - (int) r[b];
        case Op.SUB + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] - b;
        case Op.MUL -> r[t] = (int) r[a] * (int) r[b];
        case Op.MUL + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] * b;
        case Op.AND -> r[t] = (int) r[a] & (int) r[b];
        case Op.AND + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] & b;
        case Op.OR -> r[t] = (int) r[a] | (int) r[b];
        case Op.OR + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] | b;
        case Op.XOR -> r[t] = (int) r[a] ^ (int) r[b];
        case Op.XOR + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] ^ b;
        case Op.SHL -> r[t] = (int) r[a] << (int) r[b];
        case Op.SHL + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] << b;
        case Op.SHR_S -> r[t] = (int) r[a] >> (int) r[b];
        case Op.SHR_S + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] >> b;

        case Op.EQ -> r[t] = (int) r[a] == (int) r[b] ? 1 : 0;
        case Op.EQ + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] == b ? 1 : 0;
        case Op.NE -> r[t] = (int) r[a] != (int) r[b] ? 1 : 0;
        case Op.NE + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] != b ? 1 : 0;
        case Op.LT_S -> r[t] = (int) r[a] < (int) r[b] ? 1 : 0;
        case Op.LT_S + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] < b ? 1 : 0;
        case Op.GE_S -> r[t] = (int) r[a] >= (int) r[b] ? 1 : 0;
        case Op.GE_S + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] >= b ? 1 : 0;
        case Op.GT_S -> r[t] = (int) r[a] > (int) r[b] ? 1 : 0;
        case Op.GT_S + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] > b ? 1 : 0;
        case Op.LE_S -> r[t] = (int) r[a] <= (int) r[b] ? 1 : 0;
        case Op.LE_S + Op.CONSTANT_OPERAND -> r[t] = (int) r[a] <= b ? 1 : 0;
        case Op.LT_U -> r[t] = unsigned((int) r[a], (int) r[b]) < 0 ? 1 : 0;
        case Op.LT_U + Op.CONSTANT_OPERAND -> r[t] = unsigned((int) r[a], b) < 0 ? 1 : 0;
        case Op.GE_U -> r[t] = unsigned((int) r[a], (int) r[b]) >= 0 ? 1 : 0;
        case Op.GE_U + Op.CONSTANT_OPERAND -> r[t] = unsigned((int) r[a], b) >= 0 ? 1 : 0;
        case Op.GT_U -> r[t] = unsigned((int) r[a], (int) r[b]) > 0 ? 1 : 0;
        case Op.GT_U + Op.CONSTANT_OPERAND -> r[t] = unsigned((int) r[a], b) > 0 ? 1 : 0;
        case Op.LE_U -> r[t] = unsigned((int) r[a], (int) r[b]) <= 0 ? 1 : 0;
        case Op.LE_U + Op.CONSTANT_OPERAND -> r[t] = unsigned((int) r[a], b) <= 0 ? 1 : 0;

        case Op.JUMP -> next = t;
        case Op.JUMP_IF -> next = (int) r[a] != 0 ? t : next;
        case Op.JUMP_UNLESS -> next = (int) r[a] == 0 ? t : next;
        case Op.JUMP_BY_TABLE -> next = target(this.code.tables[t], (int) r[a]);
        case Op.JUMPS + Op.EQ -> next = (int) r[a] == (int) r[b] ? t : next;
        case Op.JUMPS + Op.EQ + Op.CONSTANT_OPERAND -> next = (int) r[a] == b ? t : next;
        case Op.JUMPS + Op.NE -> next = (int) r[a] != (int) r[b] ? t : next;
        case Op.JUMPS + Op.NE + Op.CONSTANT_OPERAND -> next = (int) r[a] != b ? t : next;
        case Op.JUMPS + Op.LT_S -> next = (int) r[a] < (int) r[b] ? t : next;
        case Op.JUMPS + Op.LT_S + Op.CONSTANT_OPERAND -> next = (int) r[a] < b ? t : next;
        case Op.JUMPS + Op.GE_S -> next = (int) r[a] >= (int) r[b] ? t : next;
        case Op.JUMPS + Op.GE_S + Op.CONSTANT_OPERAND -> next = (int) r[a] >= b ? t : next;
        case Op.JUMPS + Op.GT_S -> next = (int) r[a] > (int) r[b] ? t : next;
        case Op.JUMPS + Op.GT_S + Op.CONSTANT_OPERAND -> next = (int) r[a] > b ? t : next;
        case Op.JUMPS + Op.LE_S -> next = (int) r[a] <= (int) r[b] ? t : next;
        case Op.JUMPS + Op.LE_S + Op.CONSTANT_OPERAND -> next = (int) r[a] <= b ? t : next;
        case Op.CALL -> call(machine, r, t, a, b);
        case Op.CALL_INDIRECT -> call(machine, r, t, instance.table(0).requiredRef((int) r[a]), b);
        case Op.RETURN -> {
          return a;
        }
        case Op.UNREACHABLE -> throw new TrapException("unreachable");
        default -> r[t] = RareOperation.of(code[pc], r[a], r[b]);
      }
      pc = next;
    }
  }

  private static int unsigned(int a, int b) {
    return Integer.compareUnsigned(a, b);
  }

  /** The last target is for all indexes beyond the table. */
  private static int target(int[] targets, int index) {
    return targets[index >= 0 && index < targets.length - 1 ? index : targets.length - 1];
  }

  /** Its arguments stand in the registers from {@code base} on, where its result goes. */
  private static void call(Machine machine, long[] r, int base, int function, int arguments) {
    long[] passed = new long[arguments];
    System.arraycopy(r, base, passed, 0, arguments);
    long[] returned = machine.call(function, passed);
    if (returned != null && returned.length > 0) {
      r[base] = returned[0];
    }
  }
}

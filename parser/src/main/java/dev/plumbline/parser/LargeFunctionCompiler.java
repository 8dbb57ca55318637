package dev.plumbline.parser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;

/**
 * Turns one function from WebAssembly's stack code into {@link LargeFunction}'s register code, in
 * one pass. Values on the stack that are copies of a local or constants are only noted, and written
 * to their register when something needs them there.
 */
final class LargeFunctionCompiler {
  private static final int EMPTY_BLOCK = 0x40;

  private final WasmModule module;
  private final int imported;
  private final FunctionType type;
  private final Deque<Value> stack = new ArrayDeque<>();

  /** Innermost last; a list, since a large switch asks for each of its thousand blocks. */
  private final List<Block> blocks = new ArrayList<>();

  private final List<Long> longs = new ArrayList<>();
  private final List<int[]> tables = new ArrayList<>();
  private int[] code = new int[1 << 12];
  private int pc;
  private int locals;
  private int highest;

  /** The last place that something jumps to: what stands before it must not be changed. */
  private int label;

  /** Blocks opened in code that is never reached; such code is left out. */
  private int deadBlocks;

  private boolean dead;

  /** A value on the stack. */
  private sealed interface Value {
    record Register(int index) implements Value {}

    record Constant(int value) implements Value {}
  }

  /** A block that is open: how high the stack was at its beginning, and who jumps to its end. */
  private static final class Block {
    final int height;
    final boolean result;
    final int loopStart;
    final List<Runnable> jumpsToEnd = new ArrayList<>();
    int elseJump = -1;

    Block(int height, boolean result, int loopStart) {
      this.height = height;
      this.result = result;
      this.loopStart = loopStart;
    }

    boolean isLoop() {
      return loopStart >= 0;
    }

    /** Whether a jump to it takes a value along; one to a loop begins it again. */
    boolean takesValue() {
      return result && !isLoop();
    }
  }

  LargeFunctionCompiler(WasmModule module, int imported, int function) {
    this.module = module;
    this.imported = imported;
    this.type = typeOf(function);
  }

  LargeFunction compile(FunctionBody body) {
    locals = type.params().size() + body.localTypes().size();
    highest = locals;
    boolean returns = !type.returns().isEmpty();
    blocks.addLast(new Block(0, returns, -1));
    for (AnnotatedInstruction instruction : body.instructions()) {
      if (dead) {
        skip(instruction);
      } else {
        add(instruction);
      }
    }
    // The stack's lowest register is where a result ends up.
    emit(Op.RETURN, 0, locals, 0);
    LargeFunction.Code done =
        new LargeFunction.Code(
            Arrays.copyOf(code, pc),
            longs.stream().mapToLong(Long::longValue).toArray(),
            tables.toArray(int[][]::new));
    return new LargeFunction(done, highest + 1, returns);
  }

  private void skip(AnnotatedInstruction instruction) {
    switch (instruction.opcode()) {
      case BLOCK, LOOP, IF -> deadBlocks++;
      case END -> {
        if (deadBlocks == 0) {
          end();
        } else {
          deadBlocks--;
        }
      }
      case ELSE -> {
        if (deadBlocks == 0) {
          otherwise();
        }
      }
      default -> {}
    }
  }

  private void add(AnnotatedInstruction instruction) {
    OpCode op = instruction.opcode();
    switch (op) {
      case NOP -> {}
      case UNREACHABLE -> {
        emit(Op.UNREACHABLE, 0, 0, 0);
        dead = true;
      }
      case BLOCK -> open(instruction, -1);
      case LOOP -> {
        writeAll();
        label = pc;
        open(instruction, pc);
      }
      case IF -> {
        int condition = inRegister(stack.pop());
        writeAll();
        int jump = jumpIf(condition, false);
        open(instruction, -1);
        blocks.getLast().elseJump = jump;
      }
      case ELSE -> otherwise();
      case END -> end();
      case BR -> branch(block(instruction.operand(0)));
      case BR_IF -> branchIf(block(instruction.operand(0)));
      case BR_TABLE -> branchByTable(instruction);
      case RETURN -> branch(blocks.getFirst());
      case DROP -> stack.pop();
      case LOCAL_GET -> stack.push(new Value.Register((int) instruction.operand(0)));
      case LOCAL_SET -> setLocal((int) instruction.operand(0));
      case LOCAL_TEE -> {
        int local = (int) instruction.operand(0);
        setLocal(local);
        stack.push(new Value.Register(local));
      }
      case I32_CONST -> stack.push(new Value.Constant((int) instruction.operand(0)));
      case I64_CONST, F64_CONST -> {
        longs.add(instruction.operand(0));
        emit(Op.LONG_CONSTANT, top(), longs.size() - 1, 0);
        pushWritten();
      }
      case GLOBAL_GET -> {
        emit(Op.GLOBAL_GET, top(), (int) instruction.operand(0), 0);
        pushWritten();
      }
      case GLOBAL_SET ->
          emit(Op.GLOBAL_SET, (int) instruction.operand(0), inRegister(stack.pop()), 0);
      case SELECT -> select();
      case MEMORY_COPY -> copy();
      case CALL -> call((int) instruction.operand(0));
      case CALL_INDIRECT -> callIndirect((int) instruction.operand(0));
      case I32_LOAD -> load(Op.LOAD32, instruction);
      case I32_LOAD8_U -> load(Op.LOAD8_U, instruction);
      case I32_LOAD8_S -> load(Op.LOAD8_S, instruction);
      case I32_LOAD16_U -> load(Op.LOAD16_U, instruction);
      case I32_LOAD16_S -> load(Op.LOAD16_S, instruction);
      case I64_LOAD, F64_LOAD -> load(Op.LOAD64, instruction);
      case I32_STORE -> store(Op.STORE32, instruction);
      case I32_STORE8 -> store(Op.STORE8, instruction);
      case I32_STORE16 -> store(Op.STORE16, instruction);
      case I64_STORE, F64_STORE -> store(Op.STORE64, instruction);
      case I32_ADD -> binary(Op.ADD);
      case I32_SUB -> binary(Op.SUB);
      case I32_MUL -> binary(Op.MUL);
      case I32_AND -> binary(Op.AND);
      case I32_OR -> binary(Op.OR);
      case I32_XOR -> binary(Op.XOR);
      case I32_SHL -> binary(Op.SHL);
      case I32_SHR_S -> binary(Op.SHR_S);
      case I32_EQ -> binary(Op.EQ);
      case I32_NE -> binary(Op.NE);
      case I32_LT_S -> binary(Op.LT_S);
      case I32_GE_S -> binary(Op.GE_S);
      case I32_GT_S -> binary(Op.GT_S);
      case I32_LE_S -> binary(Op.LE_S);
      case I32_LT_U -> binary(Op.LT_U);
      case I32_GE_U -> binary(Op.GE_U);
      case I32_GT_U -> binary(Op.GT_U);
      case I32_LE_U -> binary(Op.LE_U);
      case I32_EQZ -> {
        stack.push(new Value.Constant(0));
        binary(Op.EQ);
      }
      default -> rare(op);
    }
  }

  // ---- The stack -------------------------------------------------------------------------------

  /** The register of the next value to be pushed. */
  private int top() {
    int register = locals + stack.size();
    highest = Math.max(highest, register);
    return register;
  }

  private void pushWritten() {
    stack.push(new Value.Register(top()));
  }

  /** The register of a value just popped; a constant is written to its place on the stack first. */
  private int inRegister(Value popped) {
    return switch (popped) {
      case Value.Register register -> register.index();
      case Value.Constant constant -> {
        int place = top();
        emit(Op.CONSTANT, place, constant.value(), 0);
        yield place;
      }
    };
  }

  /**
   * Writes every value on the stack to its place: at the seams of blocks nothing may be only noted.
   */
  private void writeAll() {
    List<Value> values = new ArrayList<>(stack).reversed();
    stack.clear();
    for (Value value : values) {
      write(value, top());
      pushWritten();
    }
  }

  private void write(Value value, int register) {
    switch (value) {
      case Value.Constant constant -> emit(Op.CONSTANT, register, constant.value(), 0);
      case Value.Register from -> {
        if (from.index() != register) {
          emit(Op.MOVE, register, from.index(), 0);
        }
      }
    }
  }

  private void setLocal(int local) {
    Value value = stack.pop();
    // Whoever has noted the local means its old value.
    if (stack.contains(new Value.Register(local))) {
      writeAll();
    }
    boolean justMade =
        value instanceof Value.Register register
            && register.index() >= locals
            && pc - 4 >= label
            && pc >= 4
            && writesTarget(code[pc - 4])
            && code[pc - 3] == register.index();
    if (justMade) {
      code[pc - 3] = local;
    } else {
      write(value, local);
    }
  }

  private static boolean writesTarget(int op) {
    return op < Op.JUMPS
        || (op >= Op.LT_U && op <= Op.LONG_CONSTANT)
        || op == Op.GLOBAL_GET
        || (op >= Op.LOAD32 && op <= Op.LOAD64)
        || op >= Op.RARE;
  }

  // ---- Operations ------------------------------------------------------------------------------

  private void binary(int op) {
    Value second = stack.pop();
    Value first = stack.pop();
    if (second instanceof Value.Constant constant) {
      int a = inRegister(first);
      emit(op + Op.CONSTANT_OPERAND, top(), a, constant.value());
    } else {
      int a = inRegister(first);
      emit(op, top(), a, inRegister(second));
    }
    pushWritten();
  }

  private void rare(OpCode op) {
    int operands = RareOperation.operands(op);
    writeAll();
    int b = operands == 2 ? inRegister(stack.pop()) : 0;
    int a = inRegister(stack.pop());
    emit(RareOperation.op(op), top(), a, b);
    pushWritten();
  }

  private void load(int op, AnnotatedInstruction instruction) {
    int address = inRegister(stack.pop());
    emit(op, top(), address, (int) instruction.operand(1));
    pushWritten();
  }

  private void store(int op, AnnotatedInstruction instruction) {
    Value value = stack.pop();
    Value address = stack.pop();
    int base = inRegister(address);
    stack.push(address);
    int from = inRegister(value);
    stack.pop();
    emit(op, base, from, (int) instruction.operand(1));
  }

  private void select() {
    writeAll();
    int condition = inRegister(stack.pop());
    int second = inRegister(stack.pop());
    int first = inRegister(stack.pop());
    emit(Op.SELECT, first, second, condition);
    pushWritten();
  }

  private void copy() {
    writeAll();
    int length = inRegister(stack.pop());
    int from = inRegister(stack.pop());
    int to = inRegister(stack.pop());
    emit(Op.COPY, to, from, length);
  }

  private void call(int function) {
    FunctionType called = typeOf(function);
    writeAll();
    called.params().forEach(parameter -> stack.pop());
    emit(Op.CALL, top(), function, called.params().size());
    called.returns().forEach(result -> pushWritten());
  }

  private void callIndirect(int typeIndex) {
    FunctionType called = module.typeSection().getType(typeIndex);
    writeAll();
    int index = inRegister(stack.pop());
    called.params().forEach(parameter -> stack.pop());
    emit(Op.CALL_INDIRECT, top(), index, called.params().size());
    called.returns().forEach(result -> pushWritten());
  }

  private FunctionType typeOf(int function) {
    int index =
        function >= imported
            ? module.functionSection().getFunctionType(function - imported)
            : module.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .map(FunctionImport.class::cast)
                .skip(function)
                .findFirst()
                .orElseThrow()
                .typeIndex();
    return module.typeSection().getType(index);
  }

  // ---- Blocks and jumps ------------------------------------------------------------------------

  private void open(AnnotatedInstruction instruction, int loopStart) {
    writeAll();
    boolean result = instruction.operand(0) != EMPTY_BLOCK;
    blocks.addLast(new Block(stack.size(), result, loopStart));
  }

  private Block block(long depth) {
    return blocks.get(blocks.size() - 1 - Math.toIntExact(depth));
  }

  private void branch(Block to) {
    if (to.takesValue()) {
      write(stack.pop(), locals + to.height);
    }
    jumpTo(to, emit(Op.JUMP, 0, 0, 0));
    dead = true;
  }

  private void branchIf(Block to) {
    int condition = inRegister(stack.pop());
    writeAll();
    if (!to.takesValue()) {
      jumpTo(to, jumpIf(condition, true));
      return;
    }
    int past = jumpIf(condition, false);
    write(stack.element(), locals + to.height);
    jumpTo(to, emit(Op.JUMP, 0, 0, 0));
    code[past + 1] = pc;
    label = pc;
  }

  private void branchByTable(AnnotatedInstruction instruction) {
    int index = inRegister(stack.pop());
    writeAll();
    int[] targets = new int[instruction.operandCount()];
    tables.add(targets);
    emit(Op.JUMP_BY_TABLE, tables.size() - 1, index, 0);
    for (int i = 0; i < targets.length; i++) {
      Block to = block(instruction.operand(i));
      if (to.takesValue()) {
        throw new IllegalStateException("libpg-query.wasm has a br_table with a value");
      }
      int at = i;
      if (to.isLoop()) {
        targets[at] = to.loopStart;
      } else {
        to.jumpsToEnd.add(() -> targets[at] = pc);
      }
    }
    dead = true;
  }

  private void jumpTo(Block to, int jump) {
    if (to.isLoop()) {
      code[jump + 1] = to.loopStart;
    } else {
      to.jumpsToEnd.add(() -> code[jump + 1] = pc);
    }
  }

  /** A jump that depends on a register; it takes the comparison that made it along, if it can. */
  private int jumpIf(int condition, boolean wanted) {
    boolean compared =
        pc >= 4
            && pc - 4 >= label
            && Op.isComparisonThatCanJump(code[pc - 4])
            && code[pc - 3] == condition
            && condition >= locals;
    if (!compared) {
      return emit(wanted ? Op.JUMP_IF : Op.JUMP_UNLESS, 0, condition, 0);
    }
    pc -= 4;
    int comparison = wanted ? code[pc] : Op.opposite(code[pc]);
    return emit(Op.JUMPS + comparison, 0, code[pc + 2], code[pc + 3]);
  }

  private void otherwise() {
    Block block = blocks.getLast();
    if (!dead) {
      writeAll();
      jumpTo(block, emit(Op.JUMP, 0, 0, 0));
    }
    code[block.elseJump + 1] = pc;
    block.elseJump = -1;
    begin(block.height);
  }

  private void end() {
    if (!dead) {
      writeAll();
    }
    Block block = blocks.removeLast();
    if (block.elseJump >= 0) {
      code[block.elseJump + 1] = pc;
    }
    block.jumpsToEnd.forEach(Runnable::run);
    begin(block.height + (block.result ? 1 : 0));
  }

  /** Code that is reached by jumps, with the stack at a height that is known. */
  private void begin(int height) {
    label = pc;
    dead = false;
    stack.clear();
    for (int i = 0; i < height; i++) {
      pushWritten();
    }
  }

  /** Gives the place of the instruction. */
  private int emit(int op, int target, int a, int b) {
    if (pc + 4 > code.length) {
      code = Arrays.copyOf(code, code.length * 2);
    }
    code[pc] = op;
    code[pc + 1] = target;
    code[pc + 2] = a;
    code[pc + 3] = b;
    pc += 4;
    return pc - 4;
  }
}

package dev.plumbline.parser;

import java.util.Arrays;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;

/**
 * What the module asks of its surroundings. It was made by Emscripten for JavaScript; this does
 * what Emscripten's JavaScript does. PostgreSQL raises errors by {@code longjmp}, which is an
 * exception here, caught by the {@code invoke_…} function that stands for {@code setjmp}.
 */
final class HostFunctions {
  private static final int EBADF = 8;
  private static final long SPARE_BYTES = 4L << 20;
  private static final long[] NOTHING = {};

  private final PgQueryNames names;

  HostFunctions(PgQueryNames names) {
    this.names = names;
  }

  /** A {@code longjmp} on its way; without a stack trace, since it is control flow. */
  private static final class LongJump extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LongJump() {
      super("longjmp", null, false, false);
    }
  }

  /** The module gave up; its instance must not be used again. */
  static final class Aborted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Aborted(String how) {
      super("PostgreSQL's parser gave up: " + how);
    }
  }

  ImportValues of(WasmModule module) {
    ImportFunction[] functions =
        module.importSection().stream()
            .filter(FunctionImport.class::isInstance)
            .map(FunctionImport.class::cast)
            .map(wanted -> function(module, wanted))
            .toArray(ImportFunction[]::new);
    return ImportValues.builder().addFunction(functions).build();
  }

  private ImportFunction function(WasmModule module, FunctionImport wanted) {
    FunctionType type = module.typeSection().getType(wanted.typeIndex());
    String name = names.imported(wanted.name());
    WasmFunctionHandle handle =
        name.startsWith("invoke_") ? invoke(type.returns().size()) : named(name);
    return new HostFunction(wanted.module(), wanted.name(), type, handle);
  }

  private WasmFunctionHandle named(String name) {
    return switch (name) {
      case "__emscripten_throw_longjmp" ->
          (instance, args) -> {
            throw new LongJump();
          };
      case "_emscripten_resize_heap" ->
          (instance, args) -> one(grow(instance.memory(), args[0] & 0xFFFFFFFFL) ? 1 : 0);
      case "_fd_write" -> HostFunctions::write;
      case "_fd_close" -> (instance, args) -> one(0);
      case "_fd_read", "_fd_seek" -> (instance, args) -> one(EBADF);
      case "__setitimer_js" -> (instance, args) -> one(0);
      case "__emscripten_runtime_keepalive_clear" -> (instance, args) -> NOTHING;
      case "___assert_fail", "__abort_js", "_exit", "_proc_exit" ->
          (instance, args) -> {
            throw new Aborted(name);
          };
      default -> throw new IllegalStateException("libpg-query.wasm imports " + name);
    };
  }

  /** Calls the function at an index of the table and, as {@code setjmp} does, stops jumps. */
  private WasmFunctionHandle invoke(int returned) {
    String stackPointer = names.export("_emscripten_stack_get_current");
    String restore = names.export("__emscripten_stack_restore");
    String threw = names.export("_setThrew");
    return (instance, args) -> {
      long saved = instance.export(stackPointer).apply()[0];
      try {
        int function = instance.table(0).requiredRef((int) args[0]);
        return instance.getMachine().call(function, Arrays.copyOfRange(args, 1, args.length));
      } catch (LongJump jump) {
        instance.export(restore).apply(saved);
        instance.export(threw).apply(1, 0);
        return new long[returned];
      }
    };
  }

  /** By some more than asked for, since each step copies the whole memory. */
  private static boolean grow(Memory memory, long bytes) {
    long pages = (bytes + SPARE_BYTES + Memory.PAGE_SIZE - 1) / Memory.PAGE_SIZE;
    long capped = Math.min(pages, memory.maximumPages());
    return capped * Memory.PAGE_SIZE >= bytes
        && (capped <= memory.pages() || memory.grow((int) capped - memory.pages()) >= 0);
  }

  /** Takes whatever is written (warnings) and throws it away. */
  private static long[] write(Instance instance, long[] args) {
    Memory memory = instance.memory();
    int vectors = (int) args[1];
    int written = 0;
    for (int i = 0; i < (int) args[2]; i++) {
      written += memory.readInt(vectors + 8 * i + 4);
    }
    memory.writeI32((int) args[3], written);
    return one(0);
  }

  private static long[] one(long value) {
    return new long[] {value};
  }
}

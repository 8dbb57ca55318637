package dev.plumbline.parser;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.FunctionImport;

/**
 * Runs the functions that are too large for a JVM method (three of them, the grammar's among them);
 * everything else is JVM code. Endive has an interpreter for those, which spends nine tenths of a
 * parse in it; here they are turned into instructions on registers once.
 */
final class LargeFunctions {
  /** Of a function that became JVM code the module keeps a stub of two instructions. */
  private static final int STUB = 2;

  private final Map<Integer, LargeFunction> functions = new HashMap<>();

  LargeFunctions(WasmModule module) {
    int imported =
        (int) module.importSection().stream().filter(FunctionImport.class::isInstance).count();
    for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
      FunctionBody body = module.codeSection().getFunctionBody(i);
      if (body.instructions().size() > STUB) {
        int id = i + imported;
        functions.put(id, new LargeFunctionCompiler(module, imported, id).compile(body));
      }
    }
  }

  /** Puts these functions before those of another machine. */
  Function<Instance, Machine> before(Function<Instance, Machine> others) {
    return instance -> {
      Machine other = others.apply(instance);
      return new Machine() {
        @Override
        public long[] call(int function, long[] arguments) {
          LargeFunction large = functions.get(function);
          return large == null
              ? other.call(function, arguments)
              : large.call(instance, this, arguments);
        }
      };
    };
  }
}
